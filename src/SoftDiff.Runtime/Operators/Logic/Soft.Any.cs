using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
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
    [SoftOperator]
    [CustomVjp(nameof(AnyBackward))]
    [CustomJvp(nameof(AnyTangent))]
    public static double Any(ReadOnlySpan<double> x, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(1e-10, useGeometricMean, true), x);

    /// <summary>
    /// <see cref="Any(ReadOnlySpan{double}, bool)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of the
    /// result, <paramref name="dX"/> is overwritten with that of the input; it may start where that does.
    /// </summary>
    /// <inheritdoc cref="Any(ReadOnlySpan{double}, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AnyVjpBackward))]
    [CustomJvp(nameof(AnyVjpTangent))]
    public static double AnyVjp(ReadOnlySpan<double> x, double cResult, Span<double> dX, bool useGeometricMean = false) =>
        Reduction.Vjp(new JunctionRow<double>(1e-10, useGeometricMean, true), x, cResult, dX);

    /// <summary>
    /// <see cref="Any(ReadOnlySpan{double}, bool)"/> in forward mode: its value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="Any(ReadOnlySpan{double}, bool)" path="/*[not(self::summary)]"/>
    public static double AnyJvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult, bool useGeometricMean = false) =>
        Reduction.Jvp(new JunctionRow<double>(1e-10, useGeometricMean, true), x, tX, out tResult);

    /// <summary>Fuzzy disjunction: one minus the conjunction of one minus each element, for each row along an axis.</summary>
    /// <remarks>
    /// <para>Formula and limits are those of <see cref="Any(ReadOnlySpan{double}, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of any strides.</param>
    /// <param name="destination">
    /// Receives the value for each row; of the shape of the input without the axis, or [1] if no axis is left. It may share memory with
    /// the input.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <param name="parallel">Whether the rows are shared among the cores.</param>
    /// <exception cref="ArgumentException">A row is empty, or an array has another shape; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    [SoftOperator]
    [CustomVjp(nameof(AnyBackward))]
    [CustomJvp(nameof(AnyTangent))]
    public static void Any(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        int? axis = -1,
        bool keepDims = false,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Value(
        x, destination, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(1e-10, useGeometricMean, true),
        OutputNames.Destination);

    /// <summary>
    /// <see cref="Any(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool, bool)"/> in reverse mode: for the cotangent
    /// <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc cref="Any(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AnyVjpBackward))]
    [CustomJvp(nameof(AnyVjpTangent))]
    public static void AnyVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        int? axis = -1,
        bool keepDims = false,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Vjp(
        x, destination, cDestination, dX, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(1e-10, useGeometricMean,
        true), OutputNames.Destination);

    /// <summary>
    /// <see cref="Any(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool, bool)"/> in forward mode: the value. For
    /// the tangent <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc cref="Any(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, bool, bool)" path="/*[not(self::summary)]"/>
    public static void AnyJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        int? axis = -1,
        bool keepDims = false,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Jvp(
        x, destination, tX, tDestination, 0, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(1e-10, useGeometricMean,
        true), OutputNames.Destination);
}
