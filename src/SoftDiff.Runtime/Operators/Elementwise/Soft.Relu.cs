namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft max(x, 0).</summary>
    /// <remarks>
    /// <para>It is <see cref="Softrelu(double, double, SoftMode, bool)"/>: above max(x, 0) by default, below it when gated.</para>
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
    [CustomVjp(nameof(ReluBackward))]
    [CustomJvp(nameof(ReluTangent))]
    public static double Relu(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, bool gated = false) =>
        Elementwise.Value(new ReluOperator<double>(softness, mode, gated), x);
}
