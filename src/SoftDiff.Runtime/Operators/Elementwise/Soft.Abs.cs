namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft |x|: x times the soft sign, so not above |x|, and 0 with derivative 0 at 0.</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The value is x (2 σ(x / s) - 1).</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ the value is ∞ and the derivative ±1. The hard one has the derivative 0 at 0.
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
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(AbsBackward))]
    [CustomJvp(nameof(AbsTangent))]
    public static double Abs(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new AbsOperator<double>(softness, mode), x);
}
