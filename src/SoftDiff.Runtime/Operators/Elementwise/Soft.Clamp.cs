namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft min(max(x, a), b): a + r(x - a) - r(x - b) with the soft ramp r.</summary>
    /// <remarks>
    /// <para>
    /// r is <see cref="Softrelu(double, double, SoftMode, bool)"/>. A bound may be infinite. With a &gt; b the formula is taken as it
    /// stands; the hard one is then b.
    /// </para>
    /// <para>
    /// At ±∞ the value is a or b, with derivative 0 with respect to x and 1 with respect to that bound. The hard one has the derivative ½
    /// at a bound, for x and for the bound.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="a">The lower bound.</param>
    /// <param name="b">The upper bound.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [ArrayForms(nameof(x))]
    [CustomVjp(nameof(ClampBackward))]
    [CustomJvp(nameof(ClampTangent))]
    public static double Clamp(
        double x, double a, double b, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ClampOperator<double>(softness, mode, gated), x, a, b);
}
