namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The cotangents of scalars, which are sums of contributions. A cotangent that nothing contributed to is not a zero but absent, so no rule
/// is ever multiplied by it.
/// </summary>
internal sealed class Cotangents
{
    private readonly ReverseSweep _sweep;

    public Cotangents(ReverseSweep sweep) => _sweep = sweep;

    /// <summary>The name of a cotangent; none if the primal value has none.</summary>
    public static string Name(Value value) => value.Name.Length > 0 ? value.Name + "Bar" : "";

    public void Contribute(Operand operand, Operand? contribution, Frame frame)
    {
        if (contribution is null || !_sweep.IsActive(operand)) return;
        if (contribution is NumberConstant zero && zero.Is(0)) return;
        frame.AddBar((Value)operand, contribution);
    }

    /// <summary>Gives a value, if it is active, its first cotangent.</summary>
    public void Seed(Operand value, Operand cotangent, Frame frame)
    {
        if (_sweep.IsActive(value)) frame.AddBar((Value)value, cotangent);
    }

    /// <summary>Gives the cotangents of a block's results to what the block yields.</summary>
    public void SeedYields(Frame child, IReadOnlyList<Operand?> cotangents)
    {
        for (var i = 0; i < Math.Min(child.Primal.Yields.Length, cotangents.Count); i++)
        {
            if (cotangents[i] is { } bar) Seed(child.Primal.Yields[i], bar, child);
        }
    }

    /// <summary>Sums what was contributed to the value's cotangent and forgets it; null if nothing was.</summary>
    public Operand? Take(Operand operand, Frame frame)
    {
        if (operand is not Value value || !frame.Bars.TryGetValue(value, out var contributions)) return null;
        frame.Bars.Remove(value);
        // A difference reads better than the sum with a negation, and is the same number.
        var terms = contributions.OrderBy(c => Negated(c, frame) is null ? 0 : 1).ToList();
        var sum = terms[0];
        foreach (var term in terms.Skip(1))
        {
            sum = Negated(term, frame) is { } positive
                ? frame.Code.Compute(value.Type, Opcode.Subtract, sum, positive)
                : frame.Code.Compute(value.Type, Opcode.Add, sum, term);
        }

        if (value.Name.Length > 0) _sweep.Names.Suggest(sum, Name(value));
        return sum;
    }

    /// <summary>Cotangents that a block's code leaves for values defined outside it, each as one operand, by value number.</summary>
    public List<(Value Outer, Operand Sum)> TakeLeftovers(Frame frame) =>
        frame.Bars.Keys.OrderBy(v => v.Id).ToList().Select(v => (v, Take(v, frame)!)).ToList();

    private static Operand? Negated(Operand operand, Frame frame) =>
        operand is Value value && frame.Code.Find(value) is Compute { Code: Opcode.Negate } negate ? negate.Args[0] : null;
}
