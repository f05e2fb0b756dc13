using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Safe
{
    /// <summary>x / y, and 0 where y is 0.</summary>
    /// <remarks>
    /// <para>The derivatives are 1 / y and -x / y², and 0 where y is 0.</para>
    /// </remarks>
    /// <param name="x">The dividend.</param>
    /// <param name="y">The divisor.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [CustomVjp(nameof(DivBackward))]
    [CustomJvp(nameof(DivTangent))]
    public static double Div(double x, double y) => Elementwise.Value(new SafeDivOperator<double>(), x, y);

    /// <summary>
    /// <see cref="Div(double, double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> and <paramref name="dY"/> receive the cotangents of the inputs.
    /// </summary>
    /// <inheritdoc cref="Div(double, double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(DivVjpBackward))]
    [CustomJvp(nameof(DivVjpTangent))]
    public static double DivVjp(double x, double y, double cResult, out double dX, out double dY) =>
        Elementwise.Vjp(new SafeDivOperator<double>(), x, y, cResult, out dX, out dY, out _);

    /// <summary>
    /// <see cref="Div(double, double)"/> in forward mode: its value. For the tangents <paramref name="tX"/> and <paramref name="tY"/>,
    /// <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Div(double, double)" path="/*[not(self::summary)]"/>
    public static double DivJvp(double x, double y, double tX, double tY, out double tResult) =>
        Elementwise.Jvp(new SafeDivOperator<double>(), x, y, tX, tY, 0, out tResult);

    /// <summary>x / y, and 0 where y is 0.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Div(double, double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="y">As long as <paramref name="x"/>.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(DivBackward))]
    [CustomJvp(nameof(DivTangent))]
    public static void Div(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination) =>
        Elementwise.Map(new SafeDivOperator<double>(), x, y, destination);

    /// <summary>
    /// <see cref="Div(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with those of the
    /// inputs. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Div(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(DivVjpBackward))]
    [CustomJvp(nameof(DivVjpTangent))]
    public static void DivVjp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> cDestination,
        Span<double> dX,
        Span<double> dY) =>
        Elementwise.MapVjp(new SafeDivOperator<double>(), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Div(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> in forward mode: the value. For the tangents
    /// <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Div(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    public static void DivJvp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Span<double> destination,
        ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tY,
        Span<double> tDestination) =>
        Elementwise.MapJvp(new SafeDivOperator<double>(), x, y, destination, tX, tY, tDestination, 0);

    /// <summary>x / y, and 0 where y is 0.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself, whatever the strides. The inputs are broadcast: their shapes are aligned at the last axis, and an axis
    /// that is missing or of length 1 goes with any length.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Div(double, double)"/>.</para>
    /// </remarks>
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
    [CustomVjp(nameof(DivBackward))]
    [CustomJvp(nameof(DivTangent))]
    public static void Div(in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> y, in TensorSpan<double> destination) =>
        Elementwise.Map(new SafeDivOperator<double>(), x, y, destination);

    /// <summary>
    /// <see cref="Div(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> and <paramref name="dY"/> are overwritten with those
    /// of the inputs, summed over what they were broadcast to. <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="Div(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"
    ///   path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(DivVjpBackward))]
    [CustomJvp(nameof(DivVjpTangent))]
    public static void DivVjp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        in TensorSpan<double> dY) =>
        Elementwise.MapVjp(new SafeDivOperator<double>(), x, y, destination, cDestination, dX, dY);

    /// <summary>
    /// <see cref="Div(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in forward mode: the value.
    /// For the tangents <paramref name="tX"/> and <paramref name="tY"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="Div(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"
    ///   path="/*[not(self::summary)]"/>
    public static void DivJvp(
        in ReadOnlyTensorSpan<double> x,
        in ReadOnlyTensorSpan<double> y,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in ReadOnlyTensorSpan<double> tY,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new SafeDivOperator<double>(), x, y, destination, tX, tY, tDestination, 0);
}
