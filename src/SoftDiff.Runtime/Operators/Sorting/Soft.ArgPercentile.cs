namespace SoftDiff;

public static partial class Soft
{
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
    /// <param name="quantileMethod">What to take between two elements.</param>
    /// <param name="returnLogProbs">Whether logarithms of the probabilities are wanted.</param>
    /// <param name="logProbEps">What probabilities are raised to, at least, before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, <paramref name="p"/> is NaN, or <paramref
    /// name="logProbEps"/> is not from 0 to 1.
    /// </exception>
    [SoftOperator]
    [AxisForm(RowResult.Index)]
    [CustomVjp(nameof(ArgPercentileBackward))]
    [CustomJvp(nameof(ArgPercentileTangent))]
    public static void ArgPercentile(
        ReadOnlySpan<double> x, [NonDifferentiable] double p, Span<double> destination, double softness = 0.1,
        SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = true,
        QuantileMethod quantileMethod = QuantileMethod.Linear, bool returnLogProbs = false, [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgQuantileRow<double>(new(softness, mode, method, standardize), p / 100, quantileMethod, new(returnLogProbs, logProbEps)),
            x, destination);
}
