namespace SoftDiff;

public static partial class Safe
{
    /// <summary>The Euclidean norm √Σ x², with derivative 0 where it is 0.</summary>
    /// <remarks>
    /// <para>
    /// The derivative is x / √Σ x². Neither overflows or underflows on the way. A NaN makes everything NaN. With k infinite elements the
    /// norm is ∞ and the derivative ±1 / √k for them, 0 for the others.
    /// </para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <returns>The norm, 0 or more.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [AxisForm(RowResult.Number)]
    [CustomVjp(nameof(NormBackward))]
    [CustomJvp(nameof(NormTangent))]
    public static double Norm(ReadOnlySpan<double> x) => Reduction.Value(new NormRow<double>(), x);
}
