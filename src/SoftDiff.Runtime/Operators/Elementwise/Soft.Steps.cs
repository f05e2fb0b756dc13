namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The soft step σ(x / s) from 0 to 1, with σ(0) = ½.</summary>
    /// <remarks>
    /// <para>
    /// σ by mode, with u = x / s and v = u / 5: <see cref="SoftMode.Smooth"/> 1 / (1 + e⁻ᵘ). The others are 0 and 1 beyond |v| = 1 and
    /// inside <see cref="SoftMode.C0"/> (1 + v) / 2, <see cref="SoftMode.C1"/> (1 + v)² (2 - v) / 4, <see cref="SoftMode.C2"/> (1 + v)³
    /// (8 - 9 v + 3 v²) / 16, <see cref="SoftMode.C1PNorm"/> b² with b = (v + √(2 - v²)) / 2, <see cref="SoftMode.C2PNorm"/> b³ with b³ +
    /// (b - v)³ = 1. <see cref="SoftMode.Hard"/> is the step, ½ at 0, with derivative 0.
    /// </para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ they are 0 and 1 with derivative 0. The derivative with respect to s is -x / s times that with respect to x.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <returns>A number from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(SigmoidalBackward)), CustomJvp(nameof(SigmoidalTangent))]
    public static double Sigmoidal(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new HeavisideOperator<double>(softness, mode), x);

    /// <summary>The soft step function, 0 below 0 and 1 above: σ(x / s).</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The hard operator is 0, ½ or 1.</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ they are 0 and 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <returns>A number from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(HeavisideBackward)), CustomJvp(nameof(HeavisideTangent))]
    public static double Heaviside(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new HeavisideOperator<double>(softness, mode), x);

    /// <summary>Soft sign: 2 σ(x / s) - 1.</summary>
    /// <remarks>
    /// <para>σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.</para>
    /// <para>
    /// Kinks: at x = -5 s the derivative is that of the inside (it jumps in C0 only), at x = 5 s that of the outside, and beyond it is
    /// exactly 0. At ±∞ the value is ±1 with derivative 0. The hard operator is -1, 0 or 1, with derivative 0.
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
    [SoftOperator, ArrayForms, CustomVjp(nameof(SignBackward)), CustomJvp(nameof(SignTangent))]
    public static double Sign(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Elementwise.Value(new SignOperator<double>(softness, mode), x);

    /// <summary>
    /// Soft rounding: the sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n from c - R to c + R, with c = ⌊x⌋.
    /// </summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. c is held constant in differentiation, and the weights are not normalised:
    /// once 5 s exceeds R the missing ones draw the value towards 0.
    /// </para>
    /// <para>
    /// An infinite x is its own value. The hard operator rounds half to even, with derivative 0. The cost is 2 R + 2 evaluations of σ.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="neighborRadius">The radius R of the integers around ⌊x⌋ that count, 0 or more.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborRadius"/> is negative.</exception>
    [SoftOperator, ArrayForms, CustomVjp(nameof(RoundBackward)), CustomJvp(nameof(RoundTangent))]
    public static double Round(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, int neighborRadius = 5) =>
        Elementwise.Value(new RoundOperator<double>(softness, mode, neighborRadius), x);
}
