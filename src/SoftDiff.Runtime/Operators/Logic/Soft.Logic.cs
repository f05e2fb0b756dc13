namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy not x: 1 - x.</summary>
    /// <remarks>
    /// <para>Linear, with derivative -1.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(NotBackward)), CustomJvp(nameof(NotTangent))]
    public static double Not(double x) => Elementwise.Value(new NotOperator<double>(), x);

    /// <summary>Fuzzy x and y: x y.</summary>
    /// <remarks>
    /// <para>
    /// With the geometric mean the product p q is replaced by √(max(p, ε) max(q, ε)) with ε = 1e-10; the derivative of max is ½ at ε and
    /// 0 below.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <param name="y">The other truth value.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(AndBackward)), CustomJvp(nameof(AndTangent))]
    public static double And(double x, double y, bool useGeometricMean = false) =>
        Elementwise.Value(new AndOperator<double>(useGeometricMean), x, y);

    /// <summary>Fuzzy x or y: 1 - (1 - x) (1 - y).</summary>
    /// <remarks>
    /// <para>
    /// With the geometric mean the product p q is replaced by √(max(p, ε) max(q, ε)) with ε = 1e-10; the derivative of max is ½ at ε and
    /// 0 below.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <param name="y">The other truth value.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(OrBackward)), CustomJvp(nameof(OrTangent))]
    public static double Or(double x, double y, bool useGeometricMean = false) =>
        Elementwise.Value(new OrOperator<double>(useGeometricMean), x, y);

    /// <summary>Fuzzy either x or y: (x and not y) or (not x and y).</summary>
    /// <remarks>
    /// <para>
    /// Put together from <see cref="And(double, double, bool)"/>, <see cref="Or(double, double, bool)"/> and <see cref="Not(double)"/>.
    /// With the geometric mean the product p q is replaced by √(max(p, ε) max(q, ε)) with ε = 1e-10; the derivative of max is ½ at ε and
    /// 0 below.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">A truth value, 0 for false to 1 for true.</param>
    /// <param name="y">The other truth value.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(XorBackward)), CustomJvp(nameof(XorTangent))]
    public static double Xor(double x, double y, bool useGeometricMean = false) =>
        Elementwise.Value(new XorOperator<double>(useGeometricMean), x, y);

    /// <summary>Soft choice: x c + y (1 - c).</summary>
    /// <remarks>
    /// <para>Linear in each. A weight of exactly 0 takes an infinite element out, but not a NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="condition">The truth value c that chooses.</param>
    /// <param name="x">The number chosen by 1.</param>
    /// <param name="y">The number chosen by 0.</param>
    /// <returns>A number between x and y for c from 0 to 1.</returns>
    [SoftOperator, ArrayForms, CustomVjp(nameof(WhereBackward)), CustomJvp(nameof(WhereTangent))]
    public static double Where(double condition, double x, double y) => Elementwise.Value(new WhereOperator<double>(), condition, x, y);

    /// <summary>Fuzzy conjunction: the product of the elements, or exp(mean ln max(x, ε)), their geometric mean.</summary>
    /// <remarks>
    /// <para>
    /// The derivative of the product is the product of the others, with zeros too. That of max is ½ at ε and 0 below. A NaN makes
    /// everything NaN.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Truth values, 0 for false to 1 for true; at least one.</param>
    /// <param name="epsilon">Lower bound of the elements before their logarithm is taken; greater than 0.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    [SoftOperator, AxisForm(RowResult.Number, Axis = -1), CustomVjp(nameof(AllBackward)), CustomJvp(nameof(AllTangent))]
    public static double All(ReadOnlySpan<double> x, [NonDifferentiable] double epsilon = 1e-10, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(epsilon, useGeometricMean, false), x);

    /// <summary>Fuzzy disjunction: one minus the conjunction of one minus each element.</summary>
    /// <remarks>
    /// <para>The conjunction is <see cref="All(ReadOnlySpan{double}, double, bool)"/> with ε = 1e-10. A NaN makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Truth values, 0 for false to 1 for true; at least one.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Number, Axis = -1), CustomVjp(nameof(AnyBackward)), CustomJvp(nameof(AnyTangent))]
    public static double Any(ReadOnlySpan<double> x, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(1e-10, useGeometricMean, true), x);
}
