namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy disjunction: one minus the conjunction of one minus each element.</summary>
    /// <remarks>
    /// <para>The conjunction is <see cref="All(ReadOnlySpan{double}, double, bool)"/> with ε = 1e-10. A NaN makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Truth values, 0 for false to 1 for true; at least one.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [AxisForm(RowResult.Number, Axis = -1)]
    [CustomVjp(nameof(AnyBackward))]
    [CustomJvp(nameof(AnyTangent))]
    public static double Any(ReadOnlySpan<double> x, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(1e-10, useGeometricMean, true), x);
}
