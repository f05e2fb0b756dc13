namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The soft ramp: the integral of σ(x / s) from -∞ to x, or, gated, x σ(x / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The integral is s ln(1 + e⁻ᵘ) in the smooth mode with u = -x / s; in the
    /// others it is 0 below -5 s and x above 5 s. Its derivative is σ itself.
    /// </para>
    /// <para>At -∞ the value and the derivative are 0, at ∞ they are ∞ and 1. The hard one is max(x, 0) with derivative 0 at 0.</para>
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
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(SoftreluBackward))]
    [CustomJvp(nameof(SoftreluTangent))]
    public static double Softrelu(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ReluOperator<double>(softness, mode, gated), x);
}
