namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy x or y: 1 - (1 - x) (1 - y).</summary>
    /// <remarks>
    /// <para>
    /// With the geometric mean the product p q is replaced by √(max(p, ε) max(q, ε)) with ε = 1e-10; the derivative of max is ½ at ε and
    /// 0 below.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <param name="y">The other truth value.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(OrBackward))]
    [CustomJvp(nameof(OrTangent))]
    public static double Or(double x, double y, bool useGeometricMean = false) =>
        Elementwise.Value(new OrOperator<double>(useGeometricMean), x, y);
}
