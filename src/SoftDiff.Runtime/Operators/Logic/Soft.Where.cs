namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft choice: x c + y (1 - c).</summary>
    /// <remarks>
    /// <para>Linear in each. A weight of exactly 0 takes an infinite element out, but not a NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="condition">The truth value c that chooses.</param>
    /// <param name="x">What is chosen by 1.</param>
    /// <param name="y">What is chosen by 0.</param>
    /// <returns>A number between x and y for c from 0 to 1.</returns>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(WhereBackward))]
    [CustomJvp(nameof(WhereTangent))]
    public static double Where(double condition, double x, double y) => Elementwise.Value(new WhereOperator<double>(), condition, x, y);
}
