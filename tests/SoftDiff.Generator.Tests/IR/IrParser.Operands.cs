using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Operands, types, names and what separates them.
internal sealed partial class IrParser
{
    private (Operand Array, Operand Index) Element()
    {
        var array = Operand();
        Expect("[");
        var index = Operand();
        Expect("]");
        return (array, index);
    }

    private Operand After(string word)
    {
        Expect(word);
        return Operand();
    }

    private bool AtOperandsEnd() => Current.Kind is TokenKind.LineEnd or TokenKind.TextEnd || Is("@");

    private ImmutableArray<Operand> Operands()
    {
        var operands = ImmutableArray.CreateBuilder<Operand>();
        if (AtOperandsEnd()) return operands.ToImmutable();
        do operands.Add(Operand());
        while (Accept(","));
        return operands.ToImmutable();
    }

    private ImmutableArray<int> Positions()
    {
        var positions = ImmutableArray.CreateBuilder<int>();
        do positions.Add((int)Integer());
        while (Accept(","));
        return positions.ToImmutable();
    }

    private ImmutableArray<Value> Definitions()
    {
        var values = ImmutableArray.CreateBuilder<Value>();
        do values.Add(Define());
        while (Accept(","));
        return values.ToImmutable();
    }

    private Value Define()
    {
        var token = Current;
        var value = ValueText();
        if (value.Type is null) throw Fault(token, $"%{value.Id} is defined here and needs its type: write %{value.Id}: double");
        var defined = new Value(value.Id, value.Type, value.Name) { IsUserNamed = value.IsUserNamed };
        _defined[defined.Id] = defined;
        return defined;
    }

    private (int Id, string Name, bool IsUserNamed, IrType? Type) ValueText()
    {
        if (Current.Kind != TokenKind.ValueId) throw Expected("a value such as %0");
        if (!int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw Fault(Current, "the value's number is too large");
        _next++;
        var name = Accept(".") ? Name() : "";
        var isUserNamed = Accept("!");
        return (id, name, isUserNamed, Accept(":") ? Type() : null);
    }

    private Operand Operand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.ValueId:
                var read = ValueText();
                if (read.Type is not null) return new Value(read.Id, read.Type, read.Name) { IsUserNamed = read.IsUserNamed };
                if (_defined.TryGetValue(read.Id, out var value) && read.Name.Length == 0 && !read.IsUserNamed) return value;
                throw Fault(token, value is null
                    ? $"%{read.Id} is not defined before this point"
                    : $"%{read.Id} is written with a name here and so needs its type too");
            case TokenKind.Number:
                return NumberOperand();
            case TokenKind.Word when token.Text is "true" or "false":
                _next++;
                return token.Text == "true" ? BoolConstant.True : BoolConstant.False;
            case TokenKind.Word when token.Text == "symbol":
                _next++;
                var expression = Quoted();
                Expect(":");
                return new SymbolConstant(Type(), expression);
            default:
                throw Expected("an operand");
        }
    }

    private Operand NumberOperand()
    {
        var token = Current;
        _next++;
        var explicitType = Accept(":") ? Scalar() : null;
        if (IsFloatText(token.Text))
        {
            var scalar = explicitType ?? ScalarType.Double;
            if (scalar.Kind != ScalarKind.Float) throw Fault(token, $"{token.Text} is not of type {scalar.Name}");
            return new NumberConstant(scalar, FloatNumber(token), Accept("as") ? Quoted() : null);
        }

        var integer = explicitType ?? ScalarType.Int32;
        if (integer.Kind == ScalarKind.Float) throw Fault(token, $"write {token.Text}.0 for a constant of type {integer.Name}");
        return new IntegerConstant(integer, Integer(token));
    }

    private static bool IsFloatText(string text) => text.IndexOfAny(new[] { '.', 'e', 'E', 'n' }) >= 0;

    private static double FloatNumber(Token token)
    {
        var text = token.Text;
        if (text == "inf") return double.PositiveInfinity;
        if (text == "-inf") return double.NegativeInfinity;
        if (text == "nan") return double.NaN;
        if (text.StartsWith("nan#", StringComparison.Ordinal))
        {
            return long.TryParse(text.Substring(4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                ? BitConverter.Int64BitsToDouble(bits)
                : throw Fault(token, "nan# needs 16 hexadecimal digits");
        }

        var negative = text[0] == '-';
        var magnitude = negative ? text.Substring(1) : text;
        if (!double.TryParse(magnitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw Fault(token, $"'{text}' is not a number");
        return negative ? -number : number;
    }

    private long Integer()
    {
        var token = Current;
        if (token.Kind != TokenKind.Number || IsFloatText(token.Text)) throw Expected("an integer");
        _next++;
        return Integer(token);
    }

    private static long Integer(Token token) =>
        long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault(token, $"'{token.Text}' is not a 64-bit integer");

    private ScalarType Scalar()
    {
        var token = Current;
        return Type() as ScalarType ?? throw Fault(token, "a scalar type is needed here");
    }

    private IrType Type()
    {
        var token = Current;
        var word = Word("a type");
        if (word == "tape") return TapeType.Instance;
        if (word == "lane") return Lane();
        if (ArrayForms.TryGetValue(word, out var form) && Accept("<"))
        {
            var element = Scalar();
            Expect(">");
            return new ArrayType(element, form);
        }

        ScalarType scalar;
        if (Accept("("))
        {
            scalar = new ScalarType(Parsed<ScalarKind>(token, "a kind of scalar"), Quoted());
            Expect(")");
        }
        else
        {
            scalar = IrText.Keywords.TryGetValue(word, out var kind)
                ? new ScalarType(kind, word)
                : throw Fault(token, $"unknown type '{word}'; a type parameter T is written float(\"T\")");
        }

        if (!Is("[") || !(_tokens[_next + 1].Kind == TokenKind.Symbol && _tokens[_next + 1].Text is "]" or ",")) return scalar;
        _next++;
        var rank = 1;
        while (Accept(",")) rank++;
        Expect("]");
        if (rank > 1) return new ArrayType(scalar, ArrayForm.Matrix) { Rank = rank };
        if (!Accept("[")) return new ArrayType(scalar, ArrayForm.Array);
        Expect("]");
        return new ArrayType(scalar, ArrayForm.Jagged);
    }

    private ScalarType Lane()
    {
        Expect("<");
        var element = Scalar();
        Expect(">");
        return ScalarType.Lane(element);
    }

    private T OneOf<T>(string what)
        where T : struct, Enum
    {
        var token = Current;
        Word(what);
        return Parsed<T>(token, what);
    }

    private static T Parsed<T>(Token token, string what)
        where T : struct, Enum
    {
        foreach (var name in Enum.GetNames(typeof(T)))
        {
            if (name.ToLowerInvariant() == token.Text) return (T)Enum.Parse(typeof(T), name);
        }

        var choices = string.Join(", ", Enum.GetNames(typeof(T)).Select(n => n.ToLowerInvariant()));
        throw Fault(token, $"'{token.Text}' is not {what} ({choices})");
    }

    private string Name()
    {
        if (Current.Kind is not (TokenKind.Word or TokenKind.Quoted)) throw Expected("a name");
        return _tokens[_next++].Text;
    }

    private string Quoted() => Current.Kind == TokenKind.Quoted ? _tokens[_next++].Text : throw Expected("a quoted text");

    private string Word(string what) => Current.Kind == TokenKind.Word ? _tokens[_next++].Text : throw Expected(what);

    private bool Is(string text) => Current.Kind is TokenKind.Word or TokenKind.Symbol && Current.Text == text;

    private bool Accept(string text)
    {
        if (!Is(text)) return false;
        _next++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text)) throw Expected("'" + text + "'");
    }

    private void EndLine()
    {
        if (Current.Kind == TokenKind.TextEnd) return;
        if (Current.Kind != TokenKind.LineEnd) throw Expected("the end of the line");
        SkipLineEnds();
    }

    private void SkipLineEnds()
    {
        while (Current.Kind == TokenKind.LineEnd) _next++;
    }

    private FormatException Expected(string what) => Fault(Current, "expected " + what + ", found " + Current.Describe());

    private static FormatException Fault(Token at, string message) =>
        new(string.Format(CultureInfo.InvariantCulture, "line {0}, column {1}: {2}", at.Line, at.Column, message));
}
