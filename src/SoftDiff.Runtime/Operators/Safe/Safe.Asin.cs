using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Safe
{
    /// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / √(1 - x²) for |x| &lt; 1, else 0. Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [CustomVjp(nameof(AsinBackward))]
    [CustomJvp(nameof(AsinTangent))]
    public static double Asin(double x) => Elementwise.Value(new SafeAsinOperator<double>(), x);

    /// <summary>
    /// <see cref="Asin(double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> receives the cotangent of the input.
    /// </summary>
    /// <inheritdoc cref="Asin(double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AsinVjpBackward))]
    [CustomJvp(nameof(AsinVjpTangent))]
    public static double AsinVjp(double x, double cResult, out double dX) =>
        Elementwise.Vjp(new SafeAsinOperator<double>(), x, cResult, out dX, out _);

    /// <summary>
    /// <see cref="Asin(double)"/> in forward mode: its value. For the tangent <paramref name="tX"/>, <paramref name="tResult"/> receives
    /// that of the result.
    /// </summary>
    /// <inheritdoc cref="Asin(double)" path="/*[not(self::summary)]"/>
    public static double AsinJvp(double x, double tX, out double tResult) =>
        Elementwise.Jvp(new SafeAsinOperator<double>(), x, tX, 0, out tResult);

    /// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Asin(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AsinBackward))]
    [CustomJvp(nameof(AsinTangent))]
    public static void Asin(ReadOnlySpan<double> x, Span<double> destination) =>
        Elementwise.Map(new SafeAsinOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Asin(ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the
    /// value, <paramref name="dX"/> is overwritten with that of the input. <paramref name="destination"/> is empty if the value is not
    /// wanted.
    /// </summary>
    /// <inheritdoc cref="Asin(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AsinVjpBackward))]
    [CustomJvp(nameof(AsinVjpTangent))]
    public static void AsinVjp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        Elementwise.MapVjp(new SafeAsinOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Asin(ReadOnlySpan{double}, Span{double})"/> in forward mode: the value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Asin(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    public static void AsinJvp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        Elementwise.MapJvp(new SafeAsinOperator<double>(), x, destination, tX, tDestination, 0);

    /// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Asin(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AsinBackward))]
    [CustomJvp(nameof(AsinTangent))]
    public static void Asin(in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination) =>
        Elementwise.Map(new SafeAsinOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Asin(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Asin(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AsinVjpBackward))]
    [CustomJvp(nameof(AsinVjpTangent))]
    public static void AsinVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX) =>
        Elementwise.MapVjp(new SafeAsinOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Asin(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in forward mode: the value. For the tangent
    /// <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Asin(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    public static void AsinJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new SafeAsinOperator<double>(), x, destination, tX, tDestination, 0);
}
