namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy conjunction: the product of the elements, or exp(mean ln max(x, ε)), their geometric mean.</summary>
    /// <remarks>
    /// <para>
    /// The derivative of the product is the product of the others, with zeros too. That of max is ½ at ε and 0 below. A NaN makes
    /// everything NaN.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Truth values, 0 for false to 1 for true; at least one.</param>
    /// <param name="epsilon">What members are raised to before their logarithm is taken; greater than 0.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    [SoftOperator]
    [AxisForm(RowResult.Number, Axis = -1)]
    [CustomVjp(nameof(AllBackward))]
    [CustomJvp(nameof(AllTangent))]
    public static double All(ReadOnlySpan<double> x, [NonDifferentiable] double epsilon = 1e-10, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(epsilon, useGeometricMean, false), x);
}
