using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Safe
{
    /// <summary>The Euclidean norm √Σ x², with derivative 0 where it is 0.</summary>
    /// <remarks>
    /// <para>
    /// The derivative is x / √Σ x². Neither overflows or underflows on the way. A NaN makes everything NaN. With k infinite elements the
    /// norm is ∞ and the derivative ±1 / √k for them, 0 for the others.
    /// </para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <returns>The norm, 0 or more.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(NormBackward))]
    [CustomJvp(nameof(NormTangent))]
    public static double Norm(ReadOnlySpan<double> x) => Reduction.Value(new NormRow<double>(), x);

    /// <summary>
    /// <see cref="Norm(ReadOnlySpan{double})"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the result,
    /// <paramref name="dX"/> is overwritten with that of the input; it may start where that does.
    /// </summary>
    /// <inheritdoc cref="Norm(ReadOnlySpan{double})" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(NormVjpBackward))]
    [CustomJvp(nameof(NormVjpTangent))]
    public static double NormVjp(ReadOnlySpan<double> x, double cResult, Span<double> dX) =>
        Reduction.Vjp(new NormRow<double>(), x, cResult, dX);

    /// <summary>
    /// <see cref="Norm(ReadOnlySpan{double})"/> in forward mode: its value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Norm(ReadOnlySpan{double})" path="/*[not(self::summary)]"/>
    public static double NormJvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult) =>
        Reduction.Jvp(new NormRow<double>(), x, tX, out tResult);

    /// <summary>The Euclidean norm √Σ x², with derivative 0 where it is 0, for each row along an axis.</summary>
    /// <remarks>
    /// <para>Formula and limits are those of <see cref="Norm(ReadOnlySpan{double})"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of any strides.</param>
    /// <param name="destination">
    /// Receives the value for each row; of the shape of the input without the axis, or [1] if no axis is left. It may share memory with
    /// the input.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="parallel">Whether the rows are shared among the cores.</param>
    /// <exception cref="ArgumentException">A row is empty, or an array has another shape; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    [SoftOperator]
    [CustomVjp(nameof(NormBackward))]
    [CustomJvp(nameof(NormTangent))]
    public static void Norm(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        int? axis = null,
        bool keepDims = false,
        bool parallel = false) =>
        AlongAxis.Value(x, destination, new AxisOptions(axis, keepDims, parallel), new NormRow<double>(), OutputNames.Destination);

    /// <summary>
    /// <see cref="Norm(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Norm(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(NormVjpBackward))]
    [CustomJvp(nameof(NormVjpTangent))]
    public static void NormVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        int? axis = null,
        bool keepDims = false,
        bool parallel = false) => AlongAxis.Vjp(
        x, destination, cDestination, dX, new AxisOptions(axis, keepDims, parallel), new NormRow<double>(), OutputNames.Destination);

    /// <summary>
    /// <see cref="Norm(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool)"/> in forward mode: the value. For the
    /// tangent <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Norm(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool)" path="/*[not(self::summary)]"/>
    public static void NormJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        int? axis = null,
        bool keepDims = false,
        bool parallel = false) => AlongAxis.Jvp(
        x, destination, tX, tDestination, 0, new AxisOptions(axis, keepDims, parallel), new NormRow<double>(), OutputNames.Destination);
}
