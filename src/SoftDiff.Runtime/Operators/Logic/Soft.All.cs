using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Fuzzy conjunction: the product of the elements, or exp(mean ln max(x, ε)), their geometric mean.</summary>
    /// <remarks>
    /// <para>
    /// The derivative of the product is the product of the others, with zeros too. That of max is ½ at ε and 0 below. A NaN makes
    /// everything NaN.
    /// </para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
    /// </remarks>
    /// <param name="x">Truth values, 0 for false to 1 for true; at least one.</param>
    /// <param name="epsilon">What members are raised to before their logarithm is taken; greater than 0.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <returns>A truth value from 0 to 1.</returns>
    /// <exception cref="ArgumentException">
    /// An array is empty or has another length, or shares memory in part with one that is written; nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    [SoftOperator]
    [CustomVjp(nameof(AllBackward))]
    [CustomJvp(nameof(AllTangent))]
    public static double All(ReadOnlySpan<double> x, [NonDifferentiable] double epsilon = 1e-10, bool useGeometricMean = false) =>
        Reduction.Value(new JunctionRow<double>(epsilon, useGeometricMean, false), x);

    /// <summary>
    /// <see cref="All(ReadOnlySpan{double}, double, bool)"/> in reverse mode: its value. For the cotangent <paramref name="cResult"/> of
    /// the result, <paramref name="dX"/> is overwritten with that of the input; it may start where that does.
    /// </summary>
    /// <inheritdoc cref="All(ReadOnlySpan{double}, double, bool)" path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AllVjpBackward))]
    [CustomJvp(nameof(AllVjpTangent))]
    public static double AllVjp(
        ReadOnlySpan<double> x,
        double cResult,
        Span<double> dX,
        [NonDifferentiable] double epsilon = 1e-10,
        bool useGeometricMean = false) =>
        Reduction.Vjp(new JunctionRow<double>(epsilon, useGeometricMean, false), x, cResult, dX);

    /// <summary>
    /// <see cref="All(ReadOnlySpan{double}, double, bool)"/> in forward mode: its value. For the tangent <paramref name="tX"/>,
    /// <paramref name="tResult"/> receives that of the result.
    /// </summary>
    /// <inheritdoc cref="All(ReadOnlySpan{double}, double, bool)" path="/*[not(self::summary)]"/>
    public static double AllJvp(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> tX,
        out double tResult,
        [NonDifferentiable] double epsilon = 1e-10,
        bool useGeometricMean = false) =>
        Reduction.Jvp(new JunctionRow<double>(epsilon, useGeometricMean, false), x, tX, out tResult);

    /// <summary>
    /// Fuzzy conjunction: the product of the elements, or exp(mean ln max(x, ε)), their geometric mean, for each row along an axis.
    /// </summary>
    /// <remarks>
    /// <para>Formula and limits are those of <see cref="All(ReadOnlySpan{double}, double, bool)"/>.</para>
    /// </remarks>
    /// <param name="x">The input, of any strides.</param>
    /// <param name="destination">
    /// Receives the value for each row; of the shape of the input without the axis, or [1] if no axis is left. It may share memory with
    /// the input.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="epsilon">What members are raised to before their logarithm is taken; greater than 0.</param>
    /// <param name="useGeometricMean">Whether the geometric mean takes the place of the product.</param>
    /// <param name="parallel">Whether the rows are shared among the cores.</param>
    /// <exception cref="ArgumentException">A row is empty, or an array has another shape; nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, or <paramref name="epsilon"/> is not greater than 0.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(AllBackward))]
    [CustomJvp(nameof(AllTangent))]
    public static void All(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        int? axis = -1,
        bool keepDims = false,
        [NonDifferentiable] double epsilon = 1e-10,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Value(
        x, destination, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(epsilon, useGeometricMean, false),
        OutputNames.Destination);

    /// <summary>
    /// <see cref="All(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, bool, bool)"/> in reverse mode: for the
    /// cotangent <paramref name="cDestination"/> of the value, <paramref name="dX"/> is overwritten with that of the input.
    /// <paramref name="destination"/> is empty if the value is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="All(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, bool, bool)"
    ///   path="/*[not(self::summary)]"/>
    [CustomVjp(nameof(AllVjpBackward))]
    [CustomJvp(nameof(AllVjpTangent))]
    public static void AllVjp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX,
        int? axis = -1,
        bool keepDims = false,
        [NonDifferentiable] double epsilon = 1e-10,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Vjp(
        x, destination, cDestination, dX, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(epsilon, useGeometricMean,
        false), OutputNames.Destination);

    /// <summary>
    /// <see cref="All(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, bool, bool)"/> in forward mode: the
    /// value. For the tangent <paramref name="tX"/>, <paramref name="tDestination"/> receives that of the value.
    /// </summary>
    /// <inheritdoc
    ///   cref="All(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, bool, bool)"
    ///   path="/*[not(self::summary)]"/>
    public static void AllJvp(
        in ReadOnlyTensorSpan<double> x,
        in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination,
        int? axis = -1,
        bool keepDims = false,
        [NonDifferentiable] double epsilon = 1e-10,
        bool useGeometricMean = false,
        bool parallel = false) => AlongAxis.Jvp(
        x, destination, tX, tDestination, 0, new AxisOptions(axis, keepDims, parallel), new JunctionRow<double>(epsilon,
        useGeometricMean, false), OutputNames.Destination);
}
