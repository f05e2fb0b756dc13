using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
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
    [SoftOperator]
    [CustomVjp(nameof(OrBackward))]
    [CustomJvp(nameof(OrTangent))]
    public static double Or(double x, double y, bool useGeometricMean = false) =>
        Elementwise.Value(new OrOperator<double>(useGeometricMean), x, y);

    /// <summary>
    /// <see cref="Or(double, double, bool)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> and <paramref name="dY"/> receive the cotangents of the inputs.
    /// </summary>
    /// <inheritdoc cref="Or(double, double, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(OrVjpBackward))]
    [CustomJvp(nameof(OrVjpTangent))]
    public static double OrVjp(double x, double y, double cResult, out double dX, out double dY, bool useGeometricMean = false) =>
        Elementwise.Vjp(new OrOperator<double>(useGeometricMean), x, y, cResult, out dX, out dY, out _);

    /// <summary>
    /// <see cref="Or(double, double, bool)"/> in forward mode: its value. For the tangents <paramref name="tX"/> and
    /// <paramref name="tY"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Or(double, double, bool)" path="/*[not(self::summary)]"/>
    public static double OrJvp(double x, double y, double tX, double tY, out double tResult, bool useGeometricMean = false) =>
        Elementwise.Jvp(new OrOperator<double>(useGeometricMean), x, y, tX, tY, 0, out tResult);

    /// <summary>Fuzzy x or y: 1 - (1 - x) (1 - y).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Or(double, double, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="y">As long as <paramref name="x"/>.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(OrBackward))]
    [CustomJvp(nameof(OrTangent))]
    public static void Or(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, bool useGeometricMean = false) =>
        Elementwise.Map(new OrOperator<double>(useGeometricMean), x, y, destination);

    /// <summary>
    /// <see cref="Or(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, bool)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with those of the
    /// inputs. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Or(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(OrVjpBackward))]
    [CustomJvp(nameof(OrVjpTangent))]
    public static void OrVjp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        Span<double> dY,
        bool useGeometricMean = false) =>
        Elementwise.MapVjp(new OrOperator<double>(useGeometricMean), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Or(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, bool)"/> in forward mode: the value. For the tangents
    /// <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Or(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, bool)" path="/*[not(self::summary)]"/>
    public static void OrJvp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tY,
        Span<double> tDestination,
        bool useGeometricMean = false) =>
        Elementwise.MapJvp(new OrOperator<double>(useGeometricMean), x, y, destination, tX, tY, tDestination, 0);

    /// <summary>Fuzzy x or y: 1 - (1 - x) (1 - y).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself, whatever the strides. The inputs are broadcast: their shapes are aligned at the last axis, and an axis
    /// that is missing or of length 1 goes with any length.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Or(double, double, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">An input, not empty.</param>
    /// <param name="y">An input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the inputs taken together. It is laid out in the memory of an input as that is, or shares no
    /// memory with it.
    /// </param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(OrBackward))]
    [CustomJvp(nameof(OrTangent))]
    public static void Or(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        bool useGeometricMean = false) =>
        Elementwise.Map(new OrOperator<double>(useGeometricMean), x, y, destination);

    /// <summary>
    /// <see cref="Or(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, bool)"/> in reverse mode: for
    /// the cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with
    /// those of the inputs, summed over what they were broadcast to. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Or(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, bool)"
    ///   path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(OrVjpBackward))]
    [CustomJvp(nameof(OrVjpTangent))]
    public static void OrVjp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        in TensorSpan<double> dY,
        bool useGeometricMean = false) =>
        Elementwise.MapVjp(new OrOperator<double>(useGeometricMean), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Or(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, bool)"/> in forward mode: the
    /// value. For the tangents <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tDestination"/> receives that of the
    /// value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Or(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, bool)"
    ///   path="/*[not(self::summary)]"/>
    public static void OrJvp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in ReadOnlyTensorSpan<double> tY,
        in TensorSpan<double> tDestination,
        bool useGeometricMean = false) =>
        Elementwise.MapJvp(new OrOperator<double>(useGeometricMean), x, y, destination, tX, tY, tDestination, 0);
}
