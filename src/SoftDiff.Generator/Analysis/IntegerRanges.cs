namespace SoftDiff.Generator.Analysis;

/// <summary>Both ends belong to the range.</summary>
internal readonly record struct IntegerRange(decimal Low, decimal High)
{
    private static readonly IntegerRange Int = new(int.MinValue, int.MaxValue);
    private static readonly IntegerRange Long = new(long.MinValue, long.MaxValue);

    /// <summary>The integers that a type of loop indices holds: <c>int</c> or <c>long</c>.</summary>
    public static IntegerRange Of(IrType type) => type == ScalarType.Int64 ? Long : Int;

    public bool Holds(IntegerRange other) => Low <= other.Low && other.High <= High;

    public static IntegerRange operator +(IntegerRange a, IntegerRange b) => new(a.Low + b.Low, a.High + b.High);

    public static IntegerRange operator -(IntegerRange a, IntegerRange b) => new(a.Low - b.High, a.High - b.Low);
}

/// <summary>
/// Finds bounds of <c>int</c> and <c>long</c> values. Arithmetic that may wrap around has no bounds. Relies on <see cref="Definitions"/>.
/// Passes use it to prove that a sum or a difference of indices does not wrap around.
/// </summary>
internal sealed class IntegerRanges
{
    private readonly Definitions _definitions;
    private readonly Dictionary<Value, IntegerRange> _known = new();

    public IntegerRanges(Definitions definitions) => _definitions = definitions;

    public IntegerRange Of(Operand operand)
    {
        if (operand is IntegerConstant constant) return new IntegerRange(constant.Number, constant.Number);
        if (operand is not Value value || value.Type is not ScalarType { Name: "int" or "long" }) return IntegerRange.Of(operand.Type);
        if (_known.TryGetValue(value, out var known)) return known;
        var type = IntegerRange.Of(value.Type);
        // While the operands of a value are examined, the value itself counts as unbounded. That ends cycles.
        _known[value] = type;
        var range = Made(value);
        return _known[value] = type.Holds(range) ? range : type;
    }

    private IntegerRange Made(Value value)
    {
        switch (_definitions.OpOf(value))
        {
            case Length or AxisLength:
                return new IntegerRange(0, int.MaxValue);
            case For loop when loop.Index.Equals(value):
                return OfIndex(loop);
            case Compute { Code: Opcode.Add } add:
                return Of(add.Args[0]) + Of(add.Args[1]);
            case Compute { Code: Opcode.Subtract } subtract:
                return Of(subtract.Args[0]) - Of(subtract.Args[1]);
            case Compute { Code: Opcode.Max } max:
                var (a, b) = (Of(max.Args[0]), Of(max.Args[1]));
                return new IntegerRange(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High));
            case Compute { Code: Opcode.Min } min:
                var (c, d) = (Of(min.Args[0]), Of(min.Args[1]));
                return new IntegerRange(Math.Min(c.Low, d.Low), Math.Min(c.High, d.High));
            case Compute { Code: Opcode.Convert } convert when convert.Args[0].Type is ScalarType { Name: "int" or "long" }:
                return Of(convert.Args[0]);
            default:
                return IntegerRange.Of(value.Type);
        }
    }

    /// <summary>An index lies between the loop's bounds, if it does not wrap around on its way.</summary>
    private IntegerRange OfIndex(For loop)
    {
        var (start, end) = (Of(loop.Start), Of(loop.End));
        var (type, open) = (IntegerRange.Of(loop.Index.Type), loop.Inclusive ? 0 : 1);
        var beyond = loop.Step > 0 ? end.High - open + loop.Step : end.Low + open + loop.Step;
        var mayWrap = Math.Abs(loop.Step) > 1 || (loop.Inclusive && loop.Exit is not null);
        if (mayWrap && (beyond < type.Low || beyond > type.High)) return type;
        return loop.Step > 0
            ? new IntegerRange(start.Low, Math.Max(start.Low, end.High - open))
            : new IntegerRange(Math.Min(start.High, end.Low + open), start.High);
    }
}
