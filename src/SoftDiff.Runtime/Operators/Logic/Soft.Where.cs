using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft choice: x c + y (1 - c).</summary>
    /// <remarks>
    /// <para>Linear in each. A weight of exactly 0 takes an infinite element out, but not a NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="condition">The truth value c that chooses.</param>
    /// <param name="x">What is chosen by 1.</param>
    /// <param name="y">What is chosen by 0.</param>
    /// <returns>A number between x and y for c from 0 to 1.</returns>
    [SoftOperator]
    [CustomVjp(nameof(WhereBackward))]
    [CustomJvp(nameof(WhereTangent))]
    public static double Where(double condition, double x, double y) => Elementwise.Value(new WhereOperator<double>(), condition, x, y);

    /// <summary>
    /// <see cref="Where(double, double, double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the
    /// result, <paramref name="dCondition"/>, <paramref name="dX"/> and <paramref name="dY"/> receive the cotangents of the inputs.
    /// </summary>
    /// <inheritdoc cref="Where(double, double, double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(WhereVjpBackward))]
    [CustomJvp(nameof(WhereVjpTangent))]
    public static double WhereVjp(
        double condition, double x, double y, double cResult, out double dCondition, out double dX, out double dY) =>
        Elementwise.Vjp(new WhereOperator<double>(), condition, x, y, cResult, out dCondition, out dX, out dY, out _);

    /// <summary>
    /// <see cref="Where(double, double, double)"/> in forward mode: its value. For the tangents <paramref name="tCondition"/>,
    /// <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Where(double, double, double)" path="/*[not(self::summary)]"/>
    public static double WhereJvp(double condition, double x, double y, double tCondition, double tX, double tY, out double tResult) =>
        Elementwise.Jvp(new WhereOperator<double>(), condition, x, y, tCondition, tX, tY, 0, out tResult);

    /// <summary>Soft choice: x c + y (1 - c).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Where(double, double, double)"/>.</para>
    /// </remarks>
    /// <param name="condition">The input, of at least one element.</param>
    /// <param name="x">As long as <paramref name="condition"/>.</param>
    /// <param name="y">As long as <paramref name="condition"/>.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="condition"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(WhereBackward))]
    [CustomJvp(nameof(WhereTangent))]
    public static void Where(ReadOnlySpan<double> condition, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination) =>
        Elementwise.Map(new WhereOperator<double>(), condition, x, y, destination);

    /// <summary>
    /// <see cref="Where(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dCondition"/>, <paramref name="dX"/> and
    /// <paramref name="dY"/> are overwritten with those of the inputs. <paramref name="destination"/> is empty if the value is not
    /// wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Where(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"
    ///   path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(WhereVjpBackward))]
    [CustomJvp(nameof(WhereVjpTangent))]
    public static void WhereVjp(
        ReadOnlySpan<double> condition,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dCondition,
        Span<double> dX,
        Span<double> dY) =>
        Elementwise.MapVjp(new WhereOperator<double>(), condition, x, y, destination, cDestination, dCondition, dX, dY);

    /// <summary>
    /// <see cref="Where(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> in forward mode: the value.
    /// For the tangents <paramref name="tCondition"/>, <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tDestination"/>
    /// receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Where(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"
    ///   path="/*[not(self::summary)]"/>
    public static void WhereJvp(
        ReadOnlySpan<double> condition,
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> tCondition,
        ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tY,
        Span<double> tDestination) =>
        Elementwise.MapJvp(new WhereOperator<double>(), condition, x, y, destination, tCondition, tX, tY, tDestination, 0);

    /// <summary>Soft choice: x c + y (1 - c).</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself, whatever the strides. The inputs are broadcast: their shapes are aligned at the last axis, and an axis
    /// that is missing or of length 1 goes with any length.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Where(double, double, double)"/>.</para>
    /// </remarks>
    /// <param name="condition">An input, not empty.</param>
    /// <param name="x">An input, not empty.</param>
    /// <param name="y">An input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the inputs taken together. It is laid out in the memory of an input as that is, or shares no
    /// memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(WhereBackward))]
    [CustomJvp(nameof(WhereTangent))]
    public static void Where(
        in ReadOnlyTensorSpan<double> condition,
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination) =>
        Elementwise.Map(new WhereOperator<double>(), condition, x, y, destination);

    /// <summary>
    /// <see cref="Where(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in
    /// TensorSpan{double})"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the value,
    /// <paramref name="dCondition"/>, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with those of the inputs, summed
    /// over what they were broadcast to. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Where(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"
    ///   path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(WhereVjpBackward))]
    [CustomJvp(nameof(WhereVjpTangent))]
    public static void WhereVjp(
        in ReadOnlyTensorSpan<double> condition,
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dCondition,
        in TensorSpan<double> dX,
        in TensorSpan<double> dY) =>
        Elementwise.MapVjp(new WhereOperator<double>(), condition, x, y, destination, cDestination, dCondition, dX, dY);

    /// <summary>
    /// <see cref="Where(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in
    /// TensorSpan{double})"/> in forward mode: the value. For the tangents <paramref name="tCondition"/>, <paramref name="tX"/> and
    /// <paramref name="tY"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Where(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"
    ///   path="/*[not(self::summary)]"/>
    public static void WhereJvp(
        in ReadOnlyTensorSpan<double> condition,
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tCondition,
        in ReadOnlyTensorSpan<double> tX,
        in ReadOnlyTensorSpan<double> tY,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new WhereOperator<double>(), condition, x, y, destination, tCondition, tX, tY, tDestination, 0);
}
