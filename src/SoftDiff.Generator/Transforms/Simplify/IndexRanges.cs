namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Proves that indices of loops are in range: an index is no less than the start of its loop and no more than its end, which may be an
/// index again. An index does not wrap around, so neither does its sum with a constant that leads to a length.
/// </summary>
internal sealed class IndexRanges
{
    private readonly Func<Operand, Op?> _definition;
    private readonly Dictionary<Operand, Bounds> _indices = new();

    /// <param name="definition">The operation that defines an operand.</param>
    public IndexRanges(Func<Operand, Op?> definition) => _definition = definition;

    /// <summary>The first index of a loop and its last, or the number after its last.</summary>
    private sealed record Bounds(Operand Least, Operand Most, bool IsExclusive);

    /// <summary>Says that the loop's index lies between its bounds.</summary>
    public void Enter(For loop, Operand start, Operand end)
    {
        if (loop.Step > 0) _indices[loop.Index] = new Bounds(start, end, !loop.Inclusive);
        else if (loop.Inclusive) _indices[loop.Index] = new Bounds(end, start, false);
    }

    /// <summary>Whether a number is at least 0 and less than a length.</summary>
    public bool IsIndex(Operand number, Operand length) => IsAtLeast(number, 0) && IsAtMost(number, length, -1);

    /// <summary>Whether the requirement certainly holds.</summary>
    public bool Holds(RequireIndices require) =>
        (IsAtLeast(require.First, 0) && IsAtMost(require.End, require.Length, require.Inclusive ? -1 : 0))
        || (require is { First: IntegerConstant first, End: IntegerConstant end } && end.Number < first.Number + (require.Inclusive ? 0 : 1));

    private bool IsAtLeast(Operand number, long bound) => number switch
    {
        IntegerConstant constant => constant.Number >= bound,
        _ when _indices.TryGetValue(number, out var index) => IsAtLeast(index.Least, bound),
        _ when Shift(number) is var (of, distance) => IsAtLeast(of, bound - distance),
        _ => bound <= 0 && _definition(number) is Length or AxisLength,
    };

    /// <summary>Whether number is at most length + slack.</summary>
    private bool IsAtMost(Operand number, Operand length, long slack)
    {
        if (number.Equals(length)) return slack >= 0;
        if (number is IntegerConstant constant && length is IntegerConstant known) return constant.Number <= known.Number + slack;
        if (_indices.TryGetValue(number, out var index)) return IsAtMost(index.Most, length, index.IsExclusive ? slack + 1 : slack);
        return Shift(number) is var (of, distance) && IsAtMost(of, length, slack - distance);
    }

    /// <summary>An index or another number, and the constant that is added to it.</summary>
    private (Operand Of, long Distance)? Shift(Operand number) => _definition(number) switch
    {
        Compute { Code: Opcode.Add } sum when sum.Args[1] is IntegerConstant constant && CanShift(sum.Args[0]) => (sum.Args[0], constant.Number),
        Compute { Code: Opcode.Subtract } difference when difference.Args[1] is IntegerConstant constant && CanShift(difference.Args[0]) =>
            (difference.Args[0], -constant.Number),
        _ => null,
    };

    private bool CanShift(Operand number) => _indices.ContainsKey(number) || _definition(number) is Length or AxisLength;
}
