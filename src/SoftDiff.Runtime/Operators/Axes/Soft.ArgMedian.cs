using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// <see cref="ArgMedian(ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod, bool, bool, double)"/> along an axis of
    /// a tensor.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each row along the axis is a row of the operator, of n elements, whatever the strides of the tensors; rows do not influence
    /// each other, so a NaN stays in its row.
    /// </para>
    /// <para>
    /// Rows that are contiguous in memory are used in place. Outputs may lie in the memory of inputs, which are then read before
    /// anything is written, but not in that of each other.
    /// </para>
    /// </remarks>
    /// <param name="x">The elements, of any shape.</param>
    /// <param name="destination">
    /// Receives the result: of the shape of <paramref name="x"/> without the axis, or with length 1 along it, and one axis of length
    /// n more at the end.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">What probabilities are raised to, at least, before the logarithm is taken; 0 for none.</param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape, or there is no element along the axis; or the mode and the method do not go together, or <paramref
    /// name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref
    /// name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator]
    [CustomVjp(nameof(ArgMedianBackward))]
    [CustomJvp(nameof(ArgMedianTangent))]
    public static void ArgMedian(
        in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination, int? axis = null, bool keepDims = false,
        double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0, bool parallel = false) =>
        AlongAxis.Value(
            x, destination, new(axis, keepDims, parallel),
            new ArgQuantileRow<double>(new(softness, mode, method, standardize),
                0.5, QuantileMethod.Midpoint, new(returnLogProbs, logProbEps)), OutputNames.Destination);

    /// <summary>
    /// <see cref="ArgMedian(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, SoftMode, SortMethod, bool,
    /// bool, double, bool)"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dX"/>
    /// is overwritten with that of <paramref name="x"/>, and that of the softness is returned. <paramref name="destination"/> is
    /// empty if the result is not wanted.
    /// </summary>
    /// <inheritdoc
    ///   cref="ArgMedian(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, SoftMode, SortMethod, bool, bool, double, bool)"
    ///   path="/*[not(self::summary)]"/>
    /// <returns>The cotangent of the softness.</returns>
    [CustomVjp(nameof(ArgMedianVjpBackward))]
    [CustomJvp(nameof(ArgMedianVjpTangent))]
    public static double ArgMedianVjp(
        in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination, in ReadOnlyTensorSpan<double> cDestination,
        in TensorSpan<double> dX, int? axis = null, bool keepDims = false, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0, bool parallel = false) =>
        AlongAxis.Vjp(
            x, destination, cDestination, dX, new(axis, keepDims, parallel),
            new ArgQuantileRow<double>(new(softness, mode, method, standardize),
                0.5, QuantileMethod.Midpoint, new(returnLogProbs, logProbEps)), OutputNames.Destination);

    /// <summary>
    /// <see cref="ArgMedian(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, SoftMode, SortMethod, bool,
    /// bool, double, bool)"/> in forward mode: the result. For the tangents <paramref name="tX"/> and <paramref name="tSoftness"/>,
    /// <paramref name="tDestination"/> receives that of the result.
    /// </summary>
    /// <inheritdoc
    ///   cref="ArgMedian(in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?, bool, double, SoftMode, SortMethod, bool, bool, double, bool)"
    ///   path="/*[not(self::summary)]"/>
    public static void ArgMedianJvp(
        in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination, in ReadOnlyTensorSpan<double> tX,
        in TensorSpan<double> tDestination, int? axis = null, bool keepDims = false, double softness = 0.1,
        SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0, bool parallel = false, double tSoftness = 0) =>
        AlongAxis.Jvp(
            x, destination, tX, tDestination, tSoftness, new(axis, keepDims, parallel),
            new ArgQuantileRow<double>(new(softness, mode, method, standardize),
                0.5, QuantileMethod.Midpoint, new(returnLogProbs, logProbEps)), OutputNames.Destination);
}
