namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// Soft index of the median: of the quantile ½, with the mean of the two elements in the middle of an even number.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Formulas are those of <see cref="ArgQuantile(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, SortMethod, bool,
    /// QuantileMethod, bool, double)"/> with Midpoint.
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
    [SoftOperator, AxisForm(RowResult.Index), CustomVjp(nameof(ArgMedianBackward)), CustomJvp(nameof(ArgMedianTangent))]
    public static void ArgMedian(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgQuantileRow<double>(new(softness, mode, method, standardize), 0.5, QuantileMethod.Midpoint, new(returnLogProbs, logProbEps)),
            x, destination);

    /// <summary>Soft index of a quantile.</summary>
    /// <remarks>
    /// <para>
    /// A soft index is a vector of probabilities, one for each element; in the modes C0, C1 and C2 many are exactly 0. With p = q
    /// (n - 1) it is (1 - a) times row k of the soft permutation in ascending order plus a times row min(k + 1, n - 1). k = ⌊p⌋, a
    /// = p - k for Linear; k = ⌊p⌋ for Lower, ⌈p⌉ for Higher, the nearest (the lower of two) for Nearest, with a = 0; and k = ⌊p⌋,
    /// a = ½ for Midpoint, a = 0 if p is within 1e-8 + 1e-5 p of an integer.
    /// </para>
    /// <para>The hard operator has the two weights, with derivative 0.</para>
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
    /// <param name="q">The quantile, clipped to [0, 1]. It is not differentiated.</param>
    /// <param name="destination">
    /// Receives the n probabilities of a row of n elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="q"/> is NaN, or <paramref
    /// name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Index), CustomVjp(nameof(ArgQuantileBackward)), CustomJvp(nameof(ArgQuantileTangent))]
    public static void ArgQuantile(
        ReadOnlySpan<double> x, [NonDifferentiable] double q, Span<double> destination, double softness = 0.1,
        SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        QuantileMethod quantileMethod = QuantileMethod.Linear, bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgQuantileRow<double>(new(softness, mode, method, standardize), q, quantileMethod, new(returnLogProbs, logProbEps)),
            x, destination);

    /// <summary>Soft index of a percentile: of the quantile p / 100.</summary>
    /// <remarks>
    /// <para>
    /// Formulas are those of <see cref="ArgQuantile(ReadOnlySpan{double}, double, Span{double}, double, SoftMode, SortMethod, bool,
    /// QuantileMethod, bool, double)"/>.
    /// </para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="p">The percentile, clipped to [0, 100]. It is not differentiated.</param>
    /// <param name="destination">
    /// Receives the n probabilities of a row of n elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">Lower bound of the probabilities before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="p"/> is NaN, or <paramref
    /// name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Index), CustomVjp(nameof(ArgPercentileBackward)), CustomJvp(nameof(ArgPercentileTangent))]
    public static void ArgPercentile(
        ReadOnlySpan<double> x, [NonDifferentiable] double p, Span<double> destination, double softness = 0.1,
        SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        QuantileMethod quantileMethod = QuantileMethod.Linear, bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgQuantileRow<double>(new(softness, mode, method, standardize), p / 100, quantileMethod, new(returnLogProbs, logProbEps)),
            x, destination);
}
