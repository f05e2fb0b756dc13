namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// Soft rounding: the sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n from c - R to c + R, with c = ⌊x⌋.
    /// </summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. c is held constant in differentiation, and the weights are not normalised:
    /// once 5 s exceeds R the missing ones draw the value towards 0.
    /// </para>
    /// <para>
    /// An infinite x is its own value. The hard one rounds half to even, with derivative 0. The cost is 2 R + 2 evaluations of σ.
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
    [SoftOperator]
    [ArrayForms]
    [CustomVjp(nameof(RoundBackward))]
    [CustomJvp(nameof(RoundTangent))]
    public static double Round(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, int neighborRadius = 5) =>
        Elementwise.Value(new RoundOperator<double>(softness, mode, neighborRadius), x);
}
