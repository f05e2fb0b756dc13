using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// A loop as a function of what it reads from outside. Values have numbers in the order in which the loop names them, so loops that do the same
/// to other arrays have the same text.
/// </summary>
internal sealed class LoopText : Rebuilder
{
    private readonly For _loop;
    private readonly Dictionary<Value, Value> _renamed = new();
    private readonly List<Value> _originals = new();
    private readonly Func<int, (string Name, bool IsUserNamed)> _name;

    /// <param name="loop">The loop.</param>
    /// <param name="inputs">The values from outside, in the order in which it reads them.</param>
    /// <param name="name">The names of the values by their numbers.</param>
    private LoopText(For loop, ImmutableArray<Value> inputs, Func<int, (string Name, bool IsUserNamed)> name)
    {
        (_loop, Inputs, _name) = (loop, inputs, name);
        var parameters = inputs.Select(input => new Parameter(Define(AsPassed(input)), ParameterMode.Value, Wrt: false)).ToImmutableArray();
        Results = loop.Results;
        var changed = (For)Map((Op)loop);
        var body = new Block(ImmutableArray.Create<Op>(changed), ImmutableArray.CreateRange<Operand>(changed.Results));
        Function = new Function("", parameters, Results.SingleOrDefault()?.Type, body);
        Text = IrText.Print(Function);
    }

    /// <summary>What the loop reads from outside: the arguments of a call.</summary>
    public ImmutableArray<Value> Inputs { get; }

    /// <summary>What code after the loop may read of it: one number at most.</summary>
    public ImmutableArray<Value> Results { get; }

    public Function Function { get; }

    public string Text { get; }

    /// <summary>The loop as a function without names; null if no function can do the same.</summary>
    public static LoopText? Of(For loop)
    {
        if (loop.Results.Length > 1 || loop.Carried.Any(carried => carried.Param.Type is not ScalarType) || loop.WithNested().Any(IsBound)) return null;
        var scope = new LoopScope(loop);
        var inputs = ((Op)loop).AllReads().OfType<Value>().Where(scope.IsOutside).Distinct().ToImmutableArray();
        return inputs.All(input => IsPassed(input.Type)) ? new LoopText(loop, inputs, _ => ("", false)) : null;
    }

    /// <summary>The function that loops with one text share. A name on which they do not agree says only what kind of value it is.</summary>
    public static LoopText Shared(IReadOnlyList<LoopText> loops)
    {
        var first = loops[0];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        (string, bool) Name(int number)
        {
            var value = first._originals[number];
            var isInput = number < first.Inputs.Length;
            var agree = value.Name.Length > 0 && loops.All(loop => loop._originals[number].Name == value.Name);
            var name = agree ? value.Name : isInput ? KindOf(value) : value.Type is ArrayType ? "row" : "";
            if (isInput) name = Signatures.Distinct(name, taken);
            return (name, agree && loops.All(loop => loop._originals[number].IsUserNamed));
        }

        return new LoopText(first._loop, first.Inputs, Name);
    }

    private static string KindOf(Value value) => value.Type switch
    {
        ArrayType => "array",
        TapeType => "tape",
        { IsFloat: true } => "number",
        ScalarType { Kind: ScalarKind.Bool } => "condition",
        _ => "count",
    };

    public override Operand Map(Operand operand) => operand is Value value ? _renamed[value] : operand;

    public override Value Define(Value value)
    {
        var (name, isUserNamed) = _name(_originals.Count);
        var renamed = new Value(_originals.Count, value.Type, name) { IsUserNamed = isUserNamed };
        _originals.Add(value);
        _renamed.Add(value, renamed);
        return renamed;
    }

    public override Block Map(Block block) => new(block.Ops.Select(Map).ToImmutableArray(), Map(block.Yields));

    private Op Map(Op op) => op.Rebuild(this) with { Line = -1 };

    /// <summary>An array is passed as a span of its elements.</summary>
    private static Value AsPassed(Value value) => value.Type is ArrayType array ? value with { Type = array.AsSpan() } : value;

    private static bool IsPassed(IrType type) => type switch
    {
        ArrayType array => array.Form is ArrayForm.Array or ArrayForm.Span or ArrayForm.ReadOnlySpan,
        ScalarType scalar => scalar.LaneOf is null && !scalar.IsTypeParameter,
        TapeType => true,
        _ => false,
    };

    /// <summary>Whether the operation means something only where it stands: it names members of the receiver, or calls functions of the file.</summary>
    private static bool IsBound(Op op) =>
        op is Evaluate or Call or LaneCall or ParallelCall or FindPattern or LaneCount or RuleCall { Rule.NeedsFunctions: true }
        || op.Reads().Any(read => read is SymbolConstant { IsOfReceiver: true });
}
