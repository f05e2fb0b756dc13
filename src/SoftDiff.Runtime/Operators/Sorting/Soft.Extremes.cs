namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft largest element.</summary>
    /// <remarks>
    /// <para>
    /// Average of the elements weighted by <see cref="ArgMax(ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod,
    /// bool, bool, double)"/>; the methods FastSoftSort, SmoothSort and SortingNetwork sort by themselves, in the squashed scale
    /// and back. Without <paramref name="gatedGrad"/> the probabilities are not differentiated, so the derivative is the same
    /// average of tangents.
    /// </para>
    /// <para>The hard operator is the maximum; its derivative is shared equally by the largest elements.</para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The row is empty, or the mode and the method do not go together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(MaxBackward)), CustomJvp(nameof(MaxTangent))]
    public static double Max(
        ReadOnlySpan<double> x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort,
        bool standardize = true, bool gatedGrad = true) =>
        RowForm.Reduce(new MaxRow<double>(new(softness, mode, method, standardize), gatedGrad), x);

    /// <summary>Soft smallest element: minus the largest of -x.</summary>
    /// <remarks>
    /// <para>
    /// Average of the elements weighted by <see cref="ArgMin(ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod,
    /// bool, bool, double)"/>; the methods FastSoftSort, SmoothSort and SortingNetwork sort by themselves, in the squashed scale
    /// and back. Without <paramref name="gatedGrad"/> the probabilities are not differentiated, so the derivative is the same
    /// average of tangents.
    /// </para>
    /// <para>The hard operator is the minimum; its derivative is shared equally by the smallest elements.</para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The row is empty, or the mode and the method do not go together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(MinBackward)), CustomJvp(nameof(MinTangent))]
    public static double Min(
        ReadOnlySpan<double> x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort,
        bool standardize = true, bool gatedGrad = true) =>
        RowForm.Reduce(new MinRow<double>(new(softness, mode, method, standardize), gatedGrad), x);

    /// <summary>Soft index of the largest element.</summary>
    /// <remarks>
    /// <para>
    /// A soft index is a vector of probabilities, one for each element; in the modes C0, C1 and C2 many are exactly 0. By SoftSort
    /// it is the projection of w / s onto the simplex, which is the softmax in the mode Smooth; by other methods, their row for the
    /// last position in ascending order.
    /// </para>
    /// <para>
    /// Equal elements share alike. The hard operator is 1 for the first of the largest elements and 0 for the others, with derivative 0.
    /// </para>
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
    /// <param name="destination">
    /// Receives the n probabilities of a row of n elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref name="logProbEps"/> is not
    /// from 0 to 1.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Index), CustomVjp(nameof(ArgMaxBackward)), CustomJvp(nameof(ArgMaxTangent))]
    public static void ArgMax(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.SoftSort, bool standardize = true, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(new ArgMaxRow<double>(new(softness, mode, method, standardize), new(returnLogProbs, logProbEps)), x, destination);

    /// <summary>Soft index of the smallest element: that of the largest of -x.</summary>
    /// <remarks>
    /// <para>
    /// A soft index is a vector of probabilities, one for each element; in the modes C0, C1 and C2 many are exactly 0. By SoftSort
    /// it is the projection of -w / s onto the simplex.
    /// </para>
    /// <para>
    /// Equal elements share alike. The hard operator is 1 for the first of the smallest elements and 0 for the others, with derivative
    /// 0.
    /// </para>
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
    /// <param name="destination">
    /// Receives the n probabilities of a row of n elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref name="logProbEps"/> is not
    /// from 0 to 1.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Index), CustomVjp(nameof(ArgMinBackward)), CustomJvp(nameof(ArgMinTangent))]
    public static void ArgMin(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.SoftSort, bool standardize = true, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(new ArgMinRow<double>(new(softness, mode, method, standardize), new(returnLogProbs, logProbEps)), x, destination);
}
