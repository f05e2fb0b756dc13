namespace SoftDiff.SecondOrder;

/// <summary>The reverse modes of the operators, for dual numbers.</summary>
internal static partial class Soft
{
    /// <summary>destination[i] = exp(x[i]) / Σ exp(x[j]).</summary>
    public static void Softmax(ReadOnlySpan<Dual> x, Span<Dual> destination)
    {
        var sum = Lanewise.MapAndSum(x, destination, new ExpShifted<Dual>(Lanewise.Max(x), Dual.Zero));
        Lanewise.Map(destination, destination, new Scaled<Dual>(1 / sum));
    }
}
