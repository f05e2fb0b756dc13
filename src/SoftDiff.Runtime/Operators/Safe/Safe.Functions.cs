namespace SoftDiff;

public static partial class Safe
{
    /// <summary>√x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / (2 √x) for x &gt; 0, else 0; so it is finite at 0 too.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(SqrtBackward)), CustomJvp(nameof(SqrtTangent))]
    public static double Sqrt(double x) => Elementwise.Value(new SafeSqrtOperator<double>(), x);

    /// <summary>ln x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / x for x &gt; 0, else 0.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(LogBackward)), CustomJvp(nameof(LogTangent))]
    public static double Log(double x) => Elementwise.Value(new SafeLogOperator<double>(), x);

    /// <summary>x / y, and 0 where y is 0.</summary>
    /// <remarks>
    /// <para>The derivatives are 1 / y and -x / y², and 0 where y is 0.</para>
    /// </remarks>
    /// <param name="x">The dividend.</param>
    /// <param name="y">The divisor.</param>
    /// <returns>The value.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(DivBackward)), CustomJvp(nameof(DivTangent))]
    public static double Div(double x, double y) => Elementwise.Value(new SafeDivOperator<double>(), x, y);

    /// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / √(1 - x²) for |x| &lt; 1, else 0. Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(AsinBackward)), CustomJvp(nameof(AsinTangent))]
    public static double Asin(double x) => Elementwise.Value(new SafeAsinOperator<double>(), x);

    /// <summary>arccos x for |x| &lt; 1, else 0 above and π below.</summary>
    /// <remarks>
    /// <para>The derivative is -1 / √(1 - x²) for |x| &lt; 1, else 0. Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(AcosBackward)), CustomJvp(nameof(AcosTangent))]
    public static double Acos(double x) => Elementwise.Value(new SafeAcosOperator<double>(), x);

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
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(NormBackward)), CustomJvp(nameof(NormTangent))]
    public static double Norm(ReadOnlySpan<double> x) => Reduction.Value(new NormRow<double>(), x);
}
