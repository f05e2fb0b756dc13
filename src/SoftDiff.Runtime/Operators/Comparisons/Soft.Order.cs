namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft x &gt; y: σ((x - y - ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.
    /// The hard operator is x &gt; y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// Kinks are those of σ. Equal infinities count as equal; otherwise an infinite difference gives 0 or 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin that makes the comparison strict: <c>x &gt; y</c> is soft <c>x - y &gt; epsilon</c>.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(GreaterBackward)), CustomJvp(nameof(GreaterTangent))]
    public static double Greater(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new OrderOperator<double>(softness, mode, -epsilon, false, 0), x, y);

    /// <summary>Soft x ≥ y: σ((x - y + ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.
    /// The hard operator is x ≥ y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// Kinks are those of σ. Equal infinities count as equal; otherwise an infinite difference gives 0 or 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin that lets equality pass: <c>x &gt;= y</c> is soft <c>x - y &gt; -epsilon</c>.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(GreaterEqualBackward)), CustomJvp(nameof(GreaterEqualTangent))]
    public static double GreaterEqual(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new OrderOperator<double>(softness, mode, epsilon, false, 1), x, y);

    /// <summary>Soft x &lt; y: 1 - σ((x - y + ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.
    /// The hard operator is x &lt; y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// Kinks are those of σ. Equal infinities count as equal; otherwise an infinite difference gives 0 or 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin that makes the comparison strict: <c>x &lt; y</c> is soft <c>y - x &gt; epsilon</c>.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(LessBackward)), CustomJvp(nameof(LessTangent))]
    public static double Less(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new OrderOperator<double>(softness, mode, epsilon, true, 0), x, y);

    /// <summary>Soft x ≤ y: 1 - σ((x - y - ε) / s).</summary>
    /// <remarks>
    /// <para>
    /// σ is <see cref="Sigmoidal(double, double, SoftMode)"/>.
    /// The hard operator is x ≤ y as 0 or 1; it ignores epsilon and has derivative 0.
    /// </para>
    /// <para>
    /// Kinks are those of σ. Equal infinities count as equal; otherwise an infinite difference gives 0 or 1 with derivative 0.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">The one side.</param>
    /// <param name="y">The other side.</param>
    /// <param name="softness">The softness s, greater than 0: the width of what is softened.</param>
    /// <param name="mode">How the corners are rounded off.</param>
    /// <param name="epsilon">Margin that lets equality pass: <c>x &lt;= y</c> is soft <c>y - x &gt; -epsilon</c>.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not greater than 0, or there is no such mode.
    /// </exception>
    [SoftOperator, ArrayForms, ArrayForms(nameof(x), Tensors = false)]
    [CustomVjp(nameof(LessEqualBackward)), CustomJvp(nameof(LessEqualTangent))]
    public static double LessEqual(
        double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth, [NonDifferentiable] double epsilon = 1e-10) =>
        Elementwise.Value(new OrderOperator<double>(softness, mode, -epsilon, true, 1), x, y);
}
