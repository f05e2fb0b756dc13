namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The soft ramp: the integral of σ(x / s) from -∞ to x, or, gated, x σ(x / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The integral is s ln(1 + e⁻ᵘ) in the smooth mode with u = -x / s; in the
    /// others it is 0 below -5 s and x above 5 s. Its derivative is σ itself.
    /// </para>
    /// <para>At -∞ the value and the derivative are 0, at ∞ they are ∞ and 1. The hard operator is max(x, 0) with derivative 0 at 0.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(SoftreluBackward)), CustomJvp(nameof(SoftreluTangent))]
    public static double Softrelu(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ReluOperator<double>(softness, mode, gated), x);

    /// <summary>Soft max(x, 0).</summary>
    /// <remarks>
    /// <para>It is <see cref="Softrelu(double, double, SoftMode, bool)"/>: above max(x, 0) by default, below it when gated.</para>
    /// <para>At -∞ the value and the derivative are 0, at ∞ they are ∞ and 1. The hard operator is max(x, 0) with derivative 0 at 0.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="gated">Whether the ramp is x σ(x / s), which dips below 0, instead of the integral of σ.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(ReluBackward)), CustomJvp(nameof(ReluTangent))]
    public static double Relu(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ReluOperator<double>(softness, mode, gated), x);

    /// <summary>Soft |x|: x times the soft sign, so not above |x|, and 0 with derivative 0 at 0.</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The value is x (2 σ(x / s) - 1).</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ the value is ∞ and the derivative ±1. The hard operator has the derivative 0 at 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <returns>A number from 0 to |x|.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(AbsBackward)), CustomJvp(nameof(AbsTangent))]
    public static double Abs(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new AbsOperator<double>(softness, mode), x);

    /// <summary>Soft min(max(x, a), b): a + r(x - a) - r(x - b) with the soft ramp r.</summary>
    /// <remarks>
    /// <para>
    /// r is <see cref="Softrelu(double, double, SoftMode, bool)"/>. A bound may be infinite. With a &gt; b the formula is taken as it
    /// stands; the hard operator is then b.
    /// </para>
    /// <para>
    /// At ±∞ the value is a or b. The derivative is 0 with respect to x and 1 with respect to that bound. The hard operator has the
    /// derivative ½ at a bound, for x and for the bound.
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
    [SoftOperator, ArrayForms(nameof(x)), CustomVjp(nameof(ClampBackward)), CustomJvp(nameof(ClampTangent))]
    public static double Clamp(
        double x, double a, double b, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ClampOperator<double>(softness, mode, gated), x, a, b);
}
