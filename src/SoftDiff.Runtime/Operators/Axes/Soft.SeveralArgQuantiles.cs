using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{

    /// <summary>
    /// Several of <see cref="ArgQuantile(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, SortMethod, bool,
    /// QuantileMethod, bool, double)"/> along an axis of a tensor.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each row along the axis is a row of the operator, whatever the strides of the tensors; rows do not influence each other. The
    /// results for the quantiles are stacked on a new first axis.
    /// </para>
    /// <para>
    /// Rows that are contiguous in memory are used in place. Outputs may lie in the memory of inputs, which are then read before
    /// anything is written, but not in that of each other.
    /// </para>
    /// </remarks>
    /// <param name="x">The elements, of any shape.</param>
    /// <param name="q">The quantiles, at least one. They are not differentiated.</param>
    /// <param name="destination">
    /// Receives the result: of an axis as long as <paramref name="q"/>, and then of the shape of <paramref name="x"/> without the
    /// axis, or with length 1 along it, and one axis of length n more at the end.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape, or there is no element along the axis; or the mode and the method do not go together, or <paramref
    /// name="logProbEps"/> is given without <paramref name="returnLogProbs"/>, or <paramref name="q"/> is empty. Nothing is written
    /// then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="q"/>
    /// is NaN, or <paramref name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(ArgQuantileBackward)), CustomJvp(nameof(ArgQuantileTangent))]
    public static void ArgQuantile(
        in ReadOnlyTensorSpan<double> x, [NonDifferentiable] ReadOnlySpan<double> q, in TensorSpan<double> destination,
        int? axis = null, bool keepDims = false, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0, bool parallel = false) =>
        new ArgQuantilesForm<double>(new(softness, mode, method, standardize), q, 1, quantileMethod, new(returnLogProbs, logProbEps))
            .Value(x, destination, new(axis, keepDims, parallel));


    /// <summary>
    /// Several of <see cref="ArgPercentile(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, SortMethod, bool,
    /// QuantileMethod, bool, double)"/> along an axis of a tensor.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each row along the axis is a row of the operator, whatever the strides of the tensors; rows do not influence each other. The
    /// results for the percentiles are stacked on a new first axis.
    /// </para>
    /// <para>
    /// Rows that are contiguous in memory are used in place. Outputs may lie in the memory of inputs, which are then read before
    /// anything is written, but not in that of each other.
    /// </para>
    /// </remarks>
    /// <param name="x">The elements, of any shape.</param>
    /// <param name="p">The percentiles, at least one. They are not differentiated.</param>
    /// <param name="destination">
    /// Receives the result: of an axis as long as <paramref name="p"/>, and then of the shape of <paramref name="x"/> without the
    /// axis, or with length 1 along it, and one axis of length n more at the end.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape, or there is no element along the axis; or the mode and the method do not go together, or <paramref
    /// name="logProbEps"/> is given without <paramref name="returnLogProbs"/>, or <paramref name="p"/> is empty. Nothing is written
    /// then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="p"/>
    /// is NaN, or <paramref name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(ArgPercentileBackward)), CustomJvp(nameof(ArgPercentileTangent))]
    public static void ArgPercentile(
        in ReadOnlyTensorSpan<double> x, [NonDifferentiable] ReadOnlySpan<double> p, in TensorSpan<double> destination,
        int? axis = null, bool keepDims = false, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0, bool parallel = false) =>
        new ArgQuantilesForm<double>(new(softness, mode, method, standardize), p, 100, quantileMethod, new(returnLogProbs, logProbEps))
            .Value(x, destination, new(axis, keepDims, parallel));
}
