using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{

    /// <summary>
    /// Several of <see cref="Quantile(ReadOnlySpan{double}, double, double, SoftMode, SortMethod, bool, QuantileMethod, bool)"/>
    /// along an axis of a tensor.
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
    /// axis, or with length 1 along it.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape, or there is no element along the axis; or the mode and the method do not go together, or <paramref
    /// name="q"/> is empty. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref
    /// name="q"/> is NaN.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(QuantileBackward)), CustomJvp(nameof(QuantileTangent))]
    public static void Quantile(
        in ReadOnlyTensorSpan<double> x, [NonDifferentiable] ReadOnlySpan<double> q, in TensorSpan<double> destination,
        int? axis = null, bool keepDims = false, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool gatedGrad = true, bool parallel = false) =>
        new QuantilesForm<double>(new(softness, mode, method, standardize), q, 1, quantileMethod, gatedGrad)
            .Value(x, destination, new(axis, keepDims, parallel));


    /// <summary>
    /// Several of <see cref="Percentile(ReadOnlySpan{double}, double, double, SoftMode, SortMethod, bool, QuantileMethod, bool)"/>
    /// along an axis of a tensor.
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
    /// axis, or with length 1 along it.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape, or there is no element along the axis; or the mode and the method do not go together, or <paramref
    /// name="p"/> is empty. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis, <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref
    /// name="p"/> is NaN.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(PercentileBackward)), CustomJvp(nameof(PercentileTangent))]
    public static void Percentile(
        in ReadOnlyTensorSpan<double> x, [NonDifferentiable] ReadOnlySpan<double> p, in TensorSpan<double> destination,
        int? axis = null, bool keepDims = false, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool gatedGrad = true, bool parallel = false) =>
        new QuantilesForm<double>(new(softness, mode, method, standardize), p, 100, quantileMethod, gatedGrad)
            .Value(x, destination, new(axis, keepDims, parallel));
}
