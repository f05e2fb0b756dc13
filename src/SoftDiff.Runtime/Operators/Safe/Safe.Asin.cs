namespace SoftDiff;

public static partial class Safe
{
    /// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / √(1 - x²) for |x| &lt; 1, else 0. Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(AsinBackward))]
    [CustomJvp(nameof(AsinTangent))]
    public static double Asin(double x) => Elementwise.Value(new SafeAsinOperator<double>(), x);
}
