using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.IR;

/// <summary>
/// Reads what <see cref="IrText"/> prints, and what a person writes by hand in that syntax: indentation does not count, blank lines and
/// <c>//</c> comments are skipped. It checks the grammar only; <see cref="Verifier"/> checks the sense.
/// </summary>
internal sealed class IrTextParser
{
    /// <summary>Types written without their kind.</summary>
    internal static readonly IReadOnlyDictionary<string, ScalarKind> Keywords = new Dictionary<string, ScalarKind>(StringComparer.Ordinal)
    {
        ["double"] = ScalarKind.Float, ["float"] = ScalarKind.Float, ["bool"] = ScalarKind.Bool,
        ["sbyte"] = ScalarKind.Int, ["byte"] = ScalarKind.Int, ["short"] = ScalarKind.Int, ["ushort"] = ScalarKind.Int,
        ["int"] = ScalarKind.Int, ["uint"] = ScalarKind.Int, ["long"] = ScalarKind.Int, ["ulong"] = ScalarKind.Int,
        ["char"] = ScalarKind.Int, ["nint"] = ScalarKind.Int, ["nuint"] = ScalarKind.Int,
    };

    private static readonly IReadOnlyDictionary<string, ArrayForm> ArrayForms = new Dictionary<string, ArrayForm>(StringComparer.Ordinal)
    {
        ["span"] = ArrayForm.Span, ["rospan"] = ArrayForm.ReadOnlySpan, ["tensor"] = ArrayForm.Tensor, ["rotensor"] = ArrayForm.ReadOnlyTensor,
    };

    private readonly List<Token> _tokens = new();
    private readonly Dictionary<int, Value> _defined = new();
    private readonly Dictionary<long, CustomRule> _rules = new();
    private int _next;

    public IrTextParser(string text) => Tokenize(text);

    private enum TokenKind
    {
        Word,
        Quoted,
        Number,
        ValueId,
        Symbol,
        LineEnd,
        TextEnd,
    }

    private Token Current => _tokens[_next];

    public Function OneFunction()
    {
        SkipLineEnds();
        var function = Function();
        SkipLineEnds();
        return Current.Kind == TokenKind.TextEnd ? function : throw Expected("the end of the text after the function");
    }

    public Module Module()
    {
        SkipLineEnds();
        var root = Function();
        var callees = ImmutableArray.CreateBuilder<Function>();
        for (SkipLineEnds(); Current.Kind != TokenKind.TextEnd; SkipLineEnds()) callees.Add(Function());
        return new Module(root, callees.ToImmutable());
    }

    internal static bool IsNameStart(char c) => c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or '_';

    internal static bool IsNamePart(char c) => IsNameStart(c) || c is >= '0' and <= '9';

    private Function Function()
    {
        _defined.Clear();
        Expect("function");
        var name = Name();
        var returns = Accept("->") ? Type() : null;
        EndLine();

        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        while (Accept("param"))
        {
            var mode = OneOf<ParameterMode>("a parameter mode");
            var value = Define();
            var (wrt, scratch) = (Accept("wrt"), Accept("scratch"));
            parameters.Add(new Parameter(value, mode, wrt, scratch));
            EndLine();
        }

        var source = ImmutableArray.CreateBuilder<string>();
        while (Accept("source"))
        {
            source.Add(Quoted());
            EndLine();
        }

        _rules.Clear();
        while (Accept("derivative"))
        {
            var number = Integer();
            _rules[number] = Rule();
            EndLine();
        }

        Expect("body");
        EndLine();
        var body = Block();
        Expect("end");
        EndLine();
        return new Function(name, parameters.ToImmutable(), returns, body) { Source = source.ToImmutable() };
    }

    private Block Block()
    {
        var ops = ImmutableArray.CreateBuilder<Op>();
        while (!Accept("yield")) ops.Add(Operation());
        var yields = Operands();
        EndLine();
        return new Block(ops.ToImmutable(), yields);
    }

    private Op Operation()
    {
        var results = ImmutableArray<Value>.Empty;
        if (Current.Kind == TokenKind.ValueId)
        {
            results = Definitions();
            Expect("=");
        }

        var head = Current;
        var word = Word("an operation");
        switch (word)
        {
            case "if": return If(results);
            case "for": return None(For(), results, head);
            case "while": return None(While(), results, head);
        }

        var op = Simple(head, word, results);
        var line = LineNumber();
        EndLine();
        return op with { Line = line };
    }

    private int LineNumber() => Accept("@") ? checked((int)Integer()) : -1;

    private If If(ImmutableArray<Value> results)
    {
        var condition = Operand();
        var line = LineNumber();
        EndLine();
        var then = Block();
        Expect("else");
        EndLine();
        var @else = Block();
        Expect("end");
        EndLine();
        return new If(condition, then, @else, results) { Line = line };
    }

    private For For()
    {
        var index = Define();
        var first = After("=");
        var inclusive = Accept("through");
        if (!inclusive) Expect("until");
        var end = Operand();
        Expect("step");
        var step = checked((int)Integer());
        var trips = Accept("trips") ? Define() : null;
        var line = LineNumber();
        EndLine();
        var carried = Carries();
        var body = Block();
        return new For(index, first, end, step, inclusive, carried, body, LoopEnd(), trips) { Line = line };
    }

    private While While()
    {
        var trips = Accept("trips") ? Define() : null;
        var line = LineNumber();
        EndLine();
        var carried = Carries();
        var condition = Block();
        Expect("do");
        EndLine();
        var body = Block();
        return new While(carried, condition, body, LoopEnd(), trips) { Line = line };
    }

    private ImmutableArray<Carried> Carries()
    {
        var carried = ImmutableArray.CreateBuilder<Carried>();
        while (Accept("carry"))
        {
            var (param, init) = (Define(), After("="));
            Expect("->");
            carried.Add(new Carried(param, init, Define()));
            EndLine();
        }

        return carried.ToImmutable();
    }

    private Operand? LoopEnd()
    {
        Operand? exit = null;
        if (Accept("exit"))
        {
            exit = Operand();
            EndLine();
        }

        Expect("end");
        EndLine();
        return exit;
    }

    /// <summary>An operation without blocks.</summary>
    private Op Simple(Token head, string word, ImmutableArray<Value> results)
    {
        switch (word)
        {
            case "length": { var array = Operand(); return new Length(One(results, head), array); }
            case "load": { var (array, index) = Element(); return new Load(One(results, head), array, index); }
            case "store": { var (array, index) = Element(); return None(new Store(array, index, After("=")), results, head); }
            case "accumulate": { var (array, index) = Element(); return None(new Accumulate(array, index, After("=")), results, head); }
            case "allocate":
            {
                var length = Operand();
                var cleared = Accept("cleared");
                return new Allocate(One(results, head), length, cleared);
            }

            case "view":
            {
                var (array, start) = (Operand(), After("from"));
                var count = Accept("count") ? Operand() : null;
                return new View(One(results, head), array, start, count);
            }

            case "row":
            {
                var (array, start, count) = (Operand(), After("from"), After("count"));
                return new Row(One(results, head), array, start, count);
            }

            case "update":
            {
                var kind = OneOf<RowUpdateKind>("a kind of row update");
                var (destination, source) = (Operand(), After(","));
                return None(new RowUpdate(kind, destination, source, Accept(",") ? Operand() : null), results, head);
            }

            case "pair": return Pair(results, head);
            case "flatten": { var tensor = Operand(); return new Flatten(One(results, head), tensor); }
            case "arrange":
            {
                var (array, lengths) = (Operand(), Lengths());
                return new Arrange(One(results, head), array, lengths);
            }

            case "lengths": { var tensor = Operand(); return new Lengths(One(results, head), tensor); }
            case "fill": return None(new Fill(Operand(), After("=")), results, head);
            case "copy": return None(new Copy(Operand(), After("to")), results, head);
            case "throw": return None(new Throw(Quoted(), Operands()), results, head);
            case "requireLength": return None(new RequireLength(Operand(), Quoted(), After("like"), Quoted()), results, head);
            case "requireRank": return None(new RequireRank(Operand(), Quoted(), (int)Integer()), results, head);
            case "requireDisjoint": return None(new RequireDisjoint(Operand(), Quoted(), After("from"), Quoted()), results, head);
            case "call":
            {
                var (callee, args) = (Name(), Operands());
                return new Call(results, callee, args) { ReadOnly = Accept("leaving") ? Positions() : ImmutableArray<int>.Empty };
            }

            case "rule":
            {
                var rule = Rule();
                Expect("with");
                var args = Operands();
                return new RuleCall(results, rule, args);
            }

            case "invoke": return Invoke(results);
            case "push": return None(new Push(Operand(), After(",")), results, head);
            case "pop": { var tape = Operand(); return new Pop(One(results, head), tape); }
            case "pushArray": return None(new PushArray(Operand(), After(",")), results, head);
            case "popArray": return None(new PopArray(Operand(), After(",")), results, head);
            case "openTape": return new OpenTape(One(results, head));
        }

        if (!IsNameStart(word[0]) || !Enum.TryParse<Opcode>(word, out var code)) throw Fault(head, $"unknown operation '{word}'");
        var isChecked = false;
        if (Accept("."))
        {
            Expect("checked");
            isChecked = true;
        }

        string? symbol = null;
        if (Accept("["))
        {
            symbol = Quoted();
            Expect("]");
        }

        var operands = Operands();
        return new Compute(One(results, head), code, operands, symbol, isChecked);
    }

    private ComputePair Pair(ImmutableArray<Value> results, Token head)
    {
        var code = ScalarFunction();
        Expect("with");
        if (ScalarFunctions.Of(code).Pair?.Other != ScalarFunction()) throw Fault(head, $"no one call computes {code} and that function");
        var arg = After("of");
        return results.Length == 2 ? new ComputePair(results[0], results[1], code, arg) : throw Fault(head, "a pair has two results");
    }

    private Opcode ScalarFunction()
    {
        var token = Current;
        return Enum.TryParse<Opcode>(Word("a scalar function"), out var code) ? code : throw Fault(token, $"unknown function '{token.Text}'");
    }

    private ImmutableArray<Operand> Lengths()
    {
        Expect("as");
        return Operands();
    }

    private Invoke Invoke(ImmutableArray<Value> returns)
    {
        var method = Quoted();
        var derivative = Accept("ruled") ? Method(method) : null;
        var args = ImmutableArray.CreateBuilder<Operand?>();
        if (!AtOperandsEnd() && !Is("out"))
        {
            do args.Add(Accept("_") ? null : Operand());
            while (Accept(","));
        }

        var outs = Accept("out") ? Definitions() : ImmutableArray<Value>.Empty;
        return new Invoke(returns, method, args.ToImmutable(), outs) { Derivative = derivative };
    }

    private CustomRule Rule()
    {
        var form = OneOf<RuleForm>("a rule form");
        var primal = Quoted();
        var parameters = ImmutableArray.CreateBuilder<RuleParameter>();
        Expect("(");
        if (!Accept(")"))
        {
            do
            {
                var role = OneOf<RuleRole>("a rule role");
                var name = Quoted();
                Expect(":");
                parameters.Add(new RuleParameter(name, role, Type(), IsZeroed: Accept("zeroed")));
            }
            while (Accept(","));
            Expect(")");
        }

        var results = ImmutableArray.CreateBuilder<ScalarType>();
        if (Accept("->"))
        {
            do results.Add(Scalar());
            while (Accept(","));
        }

        var outs = Accept("outs") ? Positions() : ImmutableArray<int>.Empty;
        var forward = Accept("forward") ? Method(Quoted()) : null;
        var residual = Accept("residual") ? Scalar() : null;
        var backward = Accept("backward") ? Method(Quoted()) : null;
        var takesPrimal = Accept("takesPrimal");
        var tangent = Accept("tangent") ? Method(Quoted()) : null;
        return new CustomRule(
            form, primal, parameters.ToImmutable(), results.ToImmutable(), outs,
            forward, residual, backward, takesPrimal, tangent);
    }

    private RuleMethod Method(string name)
    {
        CustomRule? rule = null;
        if (Accept("by"))
        {
            var head = Current;
            rule = _rules.TryGetValue(Integer(), out var known) ? known : throw Fault(head, "there is no derivative of that number before");
        }

        var callee = Accept("lowered") ? Name() : null;
        var body = Accept("of") ? Name() : null;
        return new RuleMethod(name)
        {
            Rule = rule,
            Callee = callee,
            Body = body,
            Mode = body is null ? default : OneOf<RuleMode>("a rule mode"),
            Missing = Accept("missing") ? Quoted() : null,
        };
    }

    private static Value One(ImmutableArray<Value> results, Token head) =>
        results.Length == 1 ? results[0] : throw Fault(head, $"'{head.Text}' has one result, not {results.Length}");

    private static Op None(Op op, ImmutableArray<Value> results, Token head) =>
        results.Length == 0 ? op : throw Fault(head, $"'{head.Text}' has no result before its =");

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
            scalar = Keywords.TryGetValue(word, out var kind)
                ? new ScalarType(kind, word)
                : throw Fault(token, $"unknown type '{word}'; a type parameter T is written float(\"T\")");
        }

        if (!Is("[") || !(_tokens[_next + 1].Kind == TokenKind.Symbol && _tokens[_next + 1].Text == "]")) return scalar;
        _next += 2;
        return new ArrayType(scalar, ArrayForm.Array);
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
            else if (IsNameStart(c))
            {
                while (IsNamePart(At(position))) position++;
                var word = text.Substring(start, position - start);
                if (word == "nan" && At(position) == '#')
                {
                    position++;
                    while (IsNamePart(At(position))) position++;
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
