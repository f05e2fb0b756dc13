namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft median: the quantile ½, with the mean of the two elements in the middle of an even number.</summary>
    /// <remarks>
    /// <para>
    /// Formulas are those of <see cref="Quantile(ReadOnlySpan{double}, double, double, SoftMode, SortMethod, bool, QuantileMethod,
    /// bool)"/> with Midpoint.
    /// </para>
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
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(MedianBackward)), CustomJvp(nameof(MedianTangent))]
    public static double Median(
        ReadOnlySpan<double> x, double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort,
        bool standardize = true, bool gatedGrad = true) =>
        RowForm.Reduce(new QuantileRow<double>(new(softness, mode, method, standardize), 0.5, QuantileMethod.Midpoint, gatedGrad), x);

    /// <summary>Soft quantile.</summary>
    /// <remarks>
    /// <para>
    /// Average of the elements weighted by <see cref="ArgQuantile(ReadOnlySpan{double}, double, Span{double}, double, SoftMode,
    /// SortMethod, bool, QuantileMethod, bool, double)"/>; the methods FastSoftSort, SmoothSort and SortingNetwork interpolate
    /// their sorted values. Without <paramref name="gatedGrad"/> the probabilities are not differentiated, so the derivative is the
    /// same average of tangents.
    /// </para>
    /// <para>The hard operator interpolates the sorted elements; its derivative goes to them, as a stable sort has them.</para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="q">The quantile, clipped to [0, 1]. It is not differentiated.</param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The row is empty, or the mode and the method do not go together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref name="q"/> is NaN.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(QuantileBackward)), CustomJvp(nameof(QuantileTangent))]
    public static double Quantile(
        ReadOnlySpan<double> x, [NonDifferentiable] double q, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool gatedGrad = true) =>
        RowForm.Reduce(new QuantileRow<double>(new(softness, mode, method, standardize), q, quantileMethod, gatedGrad), x);

    /// <summary>Soft percentile: the quantile p / 100.</summary>
    /// <remarks>
    /// <para>
    /// Formulas are those of <see cref="Quantile(ReadOnlySpan{double}, double, double, SoftMode, SortMethod, bool, QuantileMethod,
    /// bool)"/>.
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
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="quantileMethod">How to interpolate between two elements.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The row is empty, or the mode and the method do not go together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref name="p"/> is NaN.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Number), CustomVjp(nameof(PercentileBackward)), CustomJvp(nameof(PercentileTangent))]
    public static double Percentile(
        ReadOnlySpan<double> x, [NonDifferentiable] double p, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, QuantileMethod quantileMethod = QuantileMethod.Linear,
        bool gatedGrad = true) =>
        RowForm.Reduce(new QuantileRow<double>(new(softness, mode, method, standardize), p / 100, quantileMethod, gatedGrad), x);
}
