using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Safe
{
    /// <summary>ln x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / x for x &gt; 0, else 0.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [CustomVjp(nameof(LogBackward))]
    [CustomJvp(nameof(LogTangent))]
    public static double Log(double x) => Elementwise.Value(new SafeLogOperator<double>(), x);

    /// <summary>
    /// <see cref="Log(double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> receives the cotangent of the input.
    /// </summary>
    /// <inheritdoc cref="Log(double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(LogVjpBackward))]
    [CustomJvp(nameof(LogVjpTangent))]
    public static double LogVjp(double x, double cResult, out double dX) =>
        Elementwise.Vjp(new SafeLogOperator<double>(), x, cResult, out dX, out _);

    /// <summary>
    /// <see cref="Log(double)"/> in forward mode: its value. For the tangent <paramref name="tX"/>, <paramref name="tResult"/> receives
    /// that of the result.
    /// </summary>
    /// <inheritdoc cref="Log(double)" path="/*[not(self::summary)]"/>
    public static double LogJvp(double x, double tX, out double tResult) =>
        Elementwise.Jvp(new SafeLogOperator<double>(), x, tX, 0, out tResult);

    /// <summary>ln x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Log(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(LogBackward))]
    [CustomJvp(nameof(LogTangent))]
    public static void Log(ReadOnlySpan<double> x, Span<double> destination) =>
        Elementwise.Map(new SafeLogOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Log(ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the
    /// value, <paramref name="dX"/> is overwritten with that of the input. <paramref name="destination"/> is empty if the value is not
    /// wanted.
    /// </summary>
    /// <inheritdoc cref="Log(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(LogVjpBackward))]
    [CustomJvp(nameof(LogVjpTangent))]
    public static void LogVjp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        Elementwise.MapVjp(new SafeLogOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Log(ReadOnlySpan{double}, Span{double})"/> in forward mode: the value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Log(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    public static void LogJvp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        Elementwise.MapJvp(new SafeLogOperator<double>(), x, destination, tX, tDestination, 0);

    /// <summary>ln x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Log(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(LogBackward))]
    [CustomJvp(nameof(LogTangent))]
    public static void Log(in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination) =>
        Elementwise.Map(new SafeLogOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Log(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Log(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(LogVjpBackward))]
    [CustomJvp(nameof(LogVjpTangent))]
    public static void LogVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX) =>
        Elementwise.MapVjp(new SafeLogOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Log(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in forward mode: the value. For the tangent
    /// <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Log(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    public static void LogJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new SafeLogOperator<double>(), x, destination, tX, tDestination, 0);
}
