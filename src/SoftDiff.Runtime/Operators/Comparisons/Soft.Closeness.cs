namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft x = y: 2 (1 - σ((|x - y| - ε) / s)).</summary>
    /// <remarks>
    /// <para>
    /// |·| is <see cref="Abs(double, double, SoftMode)"/> and σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The hard operator is
    /// x = y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// For equal numbers the value is above 1 by about ε / (2 s). Equal infinities count as equal; an infinite distance is beyond any
    /// tolerance, with derivative 0. At x = y the derivative is 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin within which numbers are equal: <c>x == y</c> is soft <c>|x - y| &lt;= epsilon</c>.</param>
    /// <returns>A truth value; not above 1 but for ε.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(EqualBackward)), CustomJvp(nameof(EqualTangent))]
    public static double Equal(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new ClosenessOperator<double>(softness, mode, epsilon, 0, 0, false), x, y);

    /// <summary>Soft x ≠ y: 2 σ((|x - y| - ε) / s) - 1.</summary>
    /// <remarks>
    /// <para>
    /// |·| is <see cref="Abs(double, double, SoftMode)"/> and σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The hard operator is
    /// x ≠ y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// For equal numbers the value is below 0 by about ε / (2 s). Equal infinities count as equal; an infinite distance is beyond any
    /// tolerance, with derivative 0. At x = y the derivative is 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin within which numbers are equal: <c>x != y</c> is soft <c>|x - y| &gt; epsilon</c>.</param>
    /// <returns>A truth value; not below 0 but for ε.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(NotEqualBackward)), CustomJvp(nameof(NotEqualTangent))]
    public static double NotEqual(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new ClosenessOperator<double>(softness, mode, epsilon, 0, 0, true), x, y);

    /// <summary>Soft |x - y| ≤ absoluteTolerance + relativeTolerance |y|: 2 (1 - σ((|x - y| - tolerance - ε) / s)).</summary>
    /// <remarks>
    /// <para>
    /// |·| is <see cref="Abs(double, double, SoftMode)"/> and σ is <see cref="Sigmoidal(double, double, SoftMode)"/>. The hard operator is
    /// 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// The value exceeds 1 where |x - y| is below the tolerance, up to 2 for a tolerance that is large beside s. Equal infinities count
    /// as equal; an infinite distance is beyond any tolerance, with derivative 0. At x = y the derivative is 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side, which scales the tolerance.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="relativeTolerance">The tolerance relative to |y|.</param>
    /// <param name="absoluteTolerance">The tolerance at y = 0.</param>
    /// <param name="epsilon">Margin that is added to the tolerance.</param>
    /// <returns>A truth value; not above 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(IsCloseBackward)), CustomJvp(nameof(IsCloseTangent))]
    public static double IsClose(
        double x,
        double y,
        double softness = 0.1,
        SoftMode mode = SoftMode.Smooth,
        [NonDifferentiable] double relativeTolerance = 1e-5,
        [NonDifferentiable] double absoluteTolerance = 1e-8,
        [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new ClosenessOperator<double>(softness, mode, epsilon, absoluteTolerance, relativeTolerance, false), x, y);
}
