namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft sign: 2 σ(x / s) - 1.</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ the value is ±1 with derivative 0. The hard one is -1, 0 or 1, with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <returns>A number from -1 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(SignBackward))]
    [CustomJvp(nameof(SignTangent))]
    public static double Sign(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new SignOperator<double>(softness, mode), x);
}
