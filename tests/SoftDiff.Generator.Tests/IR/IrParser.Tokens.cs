using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// From characters to tokens.
internal sealed partial class IrParser
{
    private void Tokenize(string text)
    {
        var (position, line, lineStart) = (0, 1, 0);
        while (position < text.Length)
        {
            var c = text[position];
            var start = position;
            var column = start - lineStart + 1;
            if (c == '\n')
            {
                _tokens.Add(new Token(TokenKind.LineEnd, "", line, column));
                position++;
                line++;
                lineStart = position;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                position++;
            }
            else if (c == '/' && At(position + 1) == '/')
            {
                while (position < text.Length && text[position] != '\n') position++;
            }
            else if (c == '"')
            {
                var value = QuotedText(ref position, line, column);
                _tokens.Add(new Token(TokenKind.Quoted, value, line, column));
            }
            else if (c == '%')
            {
                position++;
                while (At(position) is >= '0' and <= '9') position++;
                if (position == start + 1) throw Fault(new Token(TokenKind.Symbol, "%", line, column), "a value is written % and its number");
                _tokens.Add(new Token(TokenKind.ValueId, text.Substring(start + 1, position - start - 1), line, column));
            }
            else if (c is >= '0' and <= '9' || (c == '-' && (At(position + 1) is >= '0' and <= '9' || Starts(position + 1, "inf"))))
            {
                position++;
                if (At(position) == 'i')
                {
                    position += 3;
                }
                else
                {
                    while (At(position) is >= '0' and <= '9' or '.' or 'e' or 'E' || (At(position) is '+' or '-' && At(position - 1) is 'e' or 'E')) position++;
                }

                _tokens.Add(new Token(TokenKind.Number, text.Substring(start, position - start), line, column));
            }
            else if (IrText.IsNameStart(c))
            {
                while (IrText.IsNamePart(At(position))) position++;
                var word = text.Substring(start, position - start);
                if (word == "nan" && At(position) == '#')
                {
                    position++;
                    while (IrText.IsNamePart(At(position))) position++;
                    word = text.Substring(start, position - start);
                }

                var isNumber = word is "inf" or "nan" || word.StartsWith("nan#", StringComparison.Ordinal);
                _tokens.Add(new Token(isNumber ? TokenKind.Number : TokenKind.Word, word, line, column));
            }
            else if (c == '-' && At(position + 1) == '>')
            {
                position += 2;
                _tokens.Add(new Token(TokenKind.Symbol, "->", line, column));
            }
            else if ("=:,.![]()<>@".IndexOf(c) >= 0)
            {
                position++;
                _tokens.Add(new Token(TokenKind.Symbol, c.ToString(), line, column));
            }
            else
            {
                throw Fault(new Token(TokenKind.Symbol, "", line, column), $"unexpected character '{c}'");
            }
        }

        _tokens.Add(new Token(TokenKind.TextEnd, "", line, position - lineStart + 1));

        char At(int index) => index < text.Length ? text[index] : '\0';

        bool Starts(int index, string word) => string.CompareOrdinal(text, index, word, 0, word.Length) == 0;

        string QuotedText(ref int index, int atLine, int atColumn)
        {
            var value = new StringBuilder();
            for (index++; At(index) != '"'; index++)
            {
                if (index >= text.Length || text[index] == '\n')
                {
                    throw Fault(new Token(TokenKind.Quoted, "", atLine, atColumn), "the quoted text does not end on its line");
                }

                if (text[index] != '\\')
                {
                    value.Append(text[index]);
                    continue;
                }

                index++;
                switch (At(index))
                {
                    case 'n': value.Append('\n'); break;
                    case 'r': value.Append('\r'); break;
                    case 't': value.Append('\t'); break;
                    case '"' or '\\': value.Append(text[index]); break;
                    case 'u' when index + 4 < text.Length
                        && ushort.TryParse(text.Substring(index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                        value.Append((char)code);
                        index += 4;
                        break;
                    default:
                        throw Fault(new Token(TokenKind.Quoted, "", atLine, index - lineStart + 1), "unknown escape in the quoted text");
                }
            }

            index++;
            return value.ToString();
        }
    }

    private readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
    {
        public string Describe() => Kind switch
        {
            TokenKind.LineEnd => "the end of the line",
            TokenKind.TextEnd => "the end of the text",
            TokenKind.ValueId => "%" + Text,
            TokenKind.Quoted => IrText.Quote(Text),
            _ => "'" + Text + "'",
        };
    }
}
