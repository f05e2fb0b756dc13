using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The k largest elements softly, the largest first, and their soft indices.</summary>
    /// <remarks>
    /// <para>
    /// Indices are the first k rows of the soft permutation in descending order, and values the averages of the elements weighted
    /// by them; the methods FastSoftSort, SmoothSort and SortingNetwork sort by themselves, in the squashed scale and back. The first
    /// two give no indices, and those of the third do not average to its values. Without <paramref name="gatedGrad"/> the
    /// probabilities are not differentiated, so the derivative is the same average of tangents.
    /// </para>
    /// <para>Derivatives at equal elements, also of the hard ones, are those of a stable sort in descending order.</para>
    /// <para>
    /// Logarithms are computed as such in the mode Smooth, however small the probability; that of 0 is -∞ and counts as constant.
    /// With <paramref name="logProbEps"/> probabilities are first clipped to [ε, 1] and divided by their sum.
    /// </para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="k">How many elements, from 1 to the length of the row.</param>
    /// <param name="values">
    /// Receives the k values, or is empty if only indices are asked for; it shares no memory with the row.
    /// </param>
    /// <param name="indices">
    /// Receives the k × n probabilities, row by row, or is empty; it shares no memory with the row or the values.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span has another length, or shares memory with another where it may not; the mode and the method do not go together, or
    /// there are no soft indices by the method; or <paramref name="logProbEps"/> is given without <paramref
    /// name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="k"/> is less than 1 or more
    /// than the length of the row, or <paramref name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(TopKBackward)), CustomJvp(nameof(TopKTangent))]
    public static void TopK(
        ReadOnlySpan<double> x, int k, Span<double> values, Span<double> indices, double softness = 0.1,
        SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool gatedGrad = true,
        bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0) =>
        new TopKForm<double>(new(softness, mode, method, standardize), k, gatedGrad, new(returnLogProbs, logProbEps))
            .Map(x, values, indices);

    /// <summary>
    /// <see cref="TopK(ReadOnlySpan{double}, int, Span{double}, Span{double}, double, SoftMode, SortMethod, bool, bool, bool,
    /// double)"/> along an axis of a tensor.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each row along the axis is a row of the operator, of n elements, whatever the strides of the tensors; rows do not influence
    /// each other, so a NaN stays in its row.
    /// </para>
    /// </remarks>
    /// <param name="x">The elements, of any shape.</param>
    /// <param name="k">How many elements of each row, from 1 to the length of a row.</param>
    /// <param name="values">
    /// Receives the values: of the shape of <paramref name="x"/> with length k along the axis; of one axis for all elements. Empty if
    /// they are not wanted, but the indices. It shares no memory with <paramref name="x"/>.
    /// </param>
    /// <param name="indices">
    /// Receives the soft indices, of the shape of <paramref name="values"/> and one axis of length n more at the end; or is empty. It
    /// shares no memory with <paramref name="x"/>.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order as one row.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <param name="parallel">
    /// Whether the rows are shared among the cores. The results are the same; unlike all else, it allocates.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A tensor has another shape or shares memory with another where it may not, or there is no element along the axis; the mode and
    /// the method do not go together, or there are no soft indices by the method; or <paramref name="logProbEps"/> is given without
    /// <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such axis; <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="k"/>
    /// is less than 1 or more than the length of a row, or <paramref name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, CustomVjp(nameof(TopKBackward)), CustomJvp(nameof(TopKTangent))]
    public static void TopK(
        in ReadOnlyTensorSpan<double> x, int k, in TensorSpan<double> values, in TensorSpan<double> indices, int? axis = -1,
        double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        bool gatedGrad = true, bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0, bool parallel = false) =>
        new TopKTensors<double>(new(softness, mode, method, standardize), k, gatedGrad, new(returnLogProbs, logProbEps),
                new(axis, false, parallel))
            .Value(x, values, indices);
}
