using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>
/// Reads what <see cref="IrText"/> prints, and what a person writes by hand in that syntax: indentation does not count, blank lines and
/// <c>//</c> comments are skipped. It checks the grammar only; <see cref="Verifier"/> checks the sense.
/// </summary>
internal sealed partial class IrParser
{
    private static readonly IReadOnlyDictionary<string, ArrayForm> ArrayForms = new Dictionary<string, ArrayForm>(StringComparer.Ordinal)
    {
        ["span"] = ArrayForm.Span, ["rospan"] = ArrayForm.ReadOnlySpan, ["tensor"] = ArrayForm.Tensor, ["rotensor"] = ArrayForm.ReadOnlyTensor,
        ["column"] = ArrayForm.Column, ["memory"] = ArrayForm.Memory, ["romemory"] = ArrayForm.ReadOnlyMemory,
    };

    private readonly List<Token> _tokens = new();
    private readonly Dictionary<int, Value> _defined = new();
    private readonly Dictionary<long, CustomRule> _rules = new();
    private int _next;

    private IrParser(string text) => Tokenize(text);

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

    /// <summary>One function.</summary>
    public static Function Function(string text) => new IrParser(text).OneFunction();

    /// <summary>A root, then its callees.</summary>
    public static Module Module(string text) => new IrParser(text).WholeModule();

    private Function OneFunction()
    {
        SkipLineEnds();
        var function = Function();
        SkipLineEnds();
        return Current.Kind == TokenKind.TextEnd ? function : throw Expected("the end of the text after the function");
    }

    private Module WholeModule()
    {
        SkipLineEnds();
        var root = Function();
        var callees = ImmutableArray.CreateBuilder<Function>();
        for (SkipLineEnds(); Current.Kind != TokenKind.TextEnd; SkipLineEnds()) callees.Add(Function());
        return new Module(root, callees.ToImmutable());
    }

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
            var parameter = new Parameter(value, mode, wrt, scratch) { MayBeNull = Accept("nullable"), IsConsumed = Accept("consumed"), IsReturned = Accept("returned") };
            if (Accept("part")) parameter = parameter with { Part = Part() };
            if (Accept("of")) parameter = parameter with { ElementsOf = Assert.IsType<ProductType>(MemberType()) };
            parameters.Add(parameter);
            EndLine();
        }

        Checkpoint? checkpoint = null;
        if (Accept("checkpoint"))
        {
            var isLoop = Accept("loop");
            checkpoint = new Checkpoint((int)Integer()) { IsLoop = isLoop };
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
        return new Function(name, parameters.ToImmutable(), returns, body) { Source = source.ToImmutable(), Checkpoint = checkpoint };
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
        var isOverDirections = Accept("directions");
        var trips = Accept("trips") ? Define() : null;
        var line = LineNumber();
        EndLine();
        var carried = Carries();
        var body = Block();
        return new For(index, first, end, step, inclusive, carried, body, LoopEnd(), trips) { Line = line, IsOverDirections = isOverDirections };
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
}
