using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Safe
{
    /// <summary>√x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>The derivative is 1 / (2 √x) for x &gt; 0, else 0; so it is finite at 0 too.</para>
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>The value.</returns>
    [SoftOperator]
    [CustomVjp(nameof(SqrtBackward))]
    [CustomJvp(nameof(SqrtTangent))]
    public static double Sqrt(double x) => Elementwise.Value(new SafeSqrtOperator<double>(), x);

    /// <summary>
    /// <see cref="Sqrt(double)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> receives the cotangent of the input.
    /// </summary>
    /// <inheritdoc cref="Sqrt(double)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(SqrtVjpBackward))]
    [CustomJvp(nameof(SqrtVjpTangent))]
    public static double SqrtVjp(double x, double cResult, out double dX) =>
        Elementwise.Vjp(new SafeSqrtOperator<double>(), x, cResult, out dX, out _);

    /// <summary>
    /// <see cref="Sqrt(double)"/> in forward mode: its value. For the tangent <paramref name="tX"/>, <paramref name="tResult"/> receives
    /// that of the result.
    /// </summary>
    /// <inheritdoc cref="Sqrt(double)" path="/*[not(self::summary)]"/>
    public static double SqrtJvp(double x, double tX, out double tResult) =>
        Elementwise.Jvp(new SafeSqrtOperator<double>(), x, tX, 0, out tResult);

    /// <summary>√x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>
    /// Of each element by itself: what comes out for one does not depend on its position or on the length. An element that is NaN gives
    /// NaN.
    /// </para>
    /// <para>Formula, kinks and limits are those of <see cref="Sqrt(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the value; as long as <paramref name="x"/>. It starts where an input does or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(SqrtBackward))]
    [CustomJvp(nameof(SqrtTangent))]
    public static void Sqrt(ReadOnlySpan<double> x, Span<double> destination) =>
        Elementwise.Map(new SafeSqrtOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Sqrt(ReadOnlySpan{double}, Span{double})"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the
    /// value, <paramref name="dX"/> is overwritten with that of the input. <paramref name="destination"/> is empty if the value is not
    /// wanted.
    /// </summary>
    /// <inheritdoc cref="Sqrt(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(SqrtVjpBackward))]
    [CustomJvp(nameof(SqrtVjpTangent))]
    public static void SqrtVjp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        Elementwise.MapVjp(new SafeSqrtOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Sqrt(ReadOnlySpan{double}, Span{double})"/> in forward mode: the value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Sqrt(ReadOnlySpan{double}, Span{double})" path="/*[not(self::summary)]"/>
    public static void SqrtJvp(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        Elementwise.MapJvp(new SafeSqrtOperator<double>(), x, destination, tX, tDestination, 0);

    /// <summary>√x for x &gt; 0, else 0.</summary>
    /// <remarks>
    /// <para>Of each element by itself, whatever the strides.</para>
    /// <para>Formula, kinks and limits are those of <see cref="Sqrt(double)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, not empty.</param>
    /// <param name="destination">
    /// Receives the value; of the shape of the input. It is laid out in the memory of an input as that is, or shares no memory with it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another shape, or shares memory with one that is written and laid out otherwise; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(SqrtBackward))]
    [CustomJvp(nameof(SqrtTangent))]
    public static void Sqrt(in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination) =>
        Elementwise.Map(new SafeSqrtOperator<double>(), x, destination);

    /// <summary>
    /// <see cref="Sqrt(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Sqrt(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(SqrtVjpBackward))]
    [CustomJvp(nameof(SqrtVjpTangent))]
    public static void SqrtVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX) =>
        Elementwise.MapVjp(new SafeSqrtOperator<double>(), x, destination, cDestination, dX);

    /// <summary>
    /// <see cref="Sqrt(in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/> in forward mode: the value. For the tangent
    /// <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Sqrt(in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/*[not(self::summary)]"/>
    public static void SqrtJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination) =>
        Elementwise.MapJvp(new SafeSqrtOperator<double>(), x, destination, tX, tDestination, 0);
}
