using System.Numerics.Tensors;

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
    [SoftOperator]
    [CustomVjp(nameof(NotBackward))]
    [CustomJvp(nameof(NotTangent))]
    public static double Not(double x) => Elementwise.Value(new NotOperator<double>(), x);

    /// <summary>
    /// <see cref="Not(double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> receives the cotangent of the input.
    /// </summary>
    /// <inheritdoc cref="Not(double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(NotVjpBackward))]
    [CustomJvp(nameof(NotVjpTangent))]
    public static double NotVjp(double x, double cResult, out double dX) =>
        Elementwise.Vjp(new NotOperator<double>(), x, cResult, out dX, out _);

    /// <summary>
    /// <see cref="Not(double)"/> in forward mode: its value. For the tangent <paramref name="tX"/>, <paramref name="tResult"/> receives
    /// that of the result.
    /// </summary>
    /// <inheritdoc cref="Not(double)" path="/*[not(self::summary)]"/>
    public static double NotJvp(double x, double tX, out double tResult) =>
        Elementwise.Jvp(new NotOperator<double>(), x, tX, 0, out tResult);

    /// <summary>Fuzzy not x: 1 - x.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Not(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(NotBackward))]
    [CustomJvp(nameof(NotTangent))]
    public static void Not(ReadOnlySpan<double> x, Span<double> destination) =>
        Elementwise.Map(new NotOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Not(ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the
    /// value, <paramref name="dX"/> is overwritten with that of the input. <paramref name="destination"/> is empty if the value is not
    /// wanted.
    /// </summary>
    /// <inheritdoc cref="Not(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(NotVjpBackward))]
    [CustomJvp(nameof(NotVjpTangent))]
    public static void NotVjp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        Elementwise.MapVjp(new NotOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Not(ReadOnlySpan{double}, Span{double})"/> in forward mode: the value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Not(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    public static void NotJvp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        Elementwise.MapJvp(new NotOperator<double>(), x, destination, tX, tDestination, 0);

    /// <summary>Fuzzy not x: 1 - x.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Not(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(NotBackward))]
    [CustomJvp(nameof(NotTangent))]
    public static void Not(in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination) =>
        Elementwise.Map(new NotOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Not(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Not(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(NotVjpBackward))]
    [CustomJvp(nameof(NotVjpTangent))]
    public static void NotVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX) =>
        Elementwise.MapVjp(new NotOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Not(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in forward mode: the value. For the tangent
    /// <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Not(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    public static void NotJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new NotOperator<double>(), x, destination, tX, tDestination, 0);
}
