namespace SoftDiff;

public static partial class Soft
{
    /// <summary>All elements in soft order.</summary>
    /// <remarks>
    /// <para>
    /// Averages of the elements by the rows of <see cref="ArgSort(ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod,
    /// bool, bool, bool, double)"/>; the methods FastSoftSort, SmoothSort and SortingNetwork sort by themselves, in the squashed
    /// scale and back. Without <paramref name="gatedGrad"/> the probabilities are not differentiated, so the derivative is the same
    /// average of tangents.
    /// </para>
    /// <para>
    /// SoftSort takes n log n time in the mode Smooth and n times the number of elements within reach in the others; NeuralSort
    /// takes n². No method but OptimalTransport needs more memory than a few rows.
    /// </para>
    /// <para>
    /// The hard operator sorts. Its derivative permutes with the elements; equal elements have the order of a stable sort or, if
    /// descending, of its reverse.
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
    /// Receives the values, as many as there are elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="descending">Whether the largest element comes first.</param>
    /// <param name="gatedGrad">
    /// Whether the soft permutation is differentiated too, and not only what it averages; only for methods that average by one.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Row), CustomVjp(nameof(SortBackward)), CustomJvp(nameof(SortTangent))]
    public static void Sort(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool descending = false, bool gatedGrad = true) =>
        RowForm.Map(new SortRow<double>(new(softness, mode, method, standardize), descending, gatedGrad), x, destination);

    /// <summary>Soft indices of all elements in order: a soft permutation matrix.</summary>
    /// <remarks>
    /// <para>
    /// A soft index is a vector of probabilities, one for each element; in the modes C0, C1 and C2 many are exactly 0. By SoftSort
    /// row r is the projection of -|aᵣ - wⱼ| / s onto the simplex, with the sorted elements a; by NeuralSort that of -(cᵣ wⱼ + Σᵢ
    /// |wᵢ - wⱼ|) / s with soft distances and cᵣ = n - 1 - 2r, for r from 0 in ascending order.
    /// </para>
    /// <para>
    /// Derivatives of SoftSort at equal elements are those of a stable sort, in reverse if descending, and of |·| with slope 0 at
    /// 0. The hard operator is the matrix of a stable sort in either direction, with derivative 0.
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
    /// Receives the n × n probabilities of a row of n elements, row by row. It starts where the row does or shares no memory with
    /// it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft; a method with soft indices.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="descending">Whether the largest element comes first.</param>
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
    [SoftOperator, AxisForm(RowResult.Permutation), CustomVjp(nameof(ArgSortBackward)), CustomJvp(nameof(ArgSortTangent))]
    public static void ArgSort(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool descending = false, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgSortRow<double>(new(softness, mode, method, standardize), descending, new(returnLogProbs, logProbEps)),
            x, destination);

    /// <summary>Soft ranks of all elements, from 1 to n but for SmoothSort, whose ranks leave that interval at large softness.</summary>
    /// <remarks>
    /// <para>
    /// By SoftSort the mean of the positions, weighted for element i by the projection of -|wᵢ - aᵣ| / s onto the simplex, with the
    /// sorted elements a. By NeuralSort, OptimalTransport and SortingNetwork the mean weighted by the column of the element in the
    /// soft permutation, divided by max(sum, 1e-10). FastSoftSort and SmoothSort rank by themselves.
    /// </para>
    /// <para>The hard operator is the position in a stable sort, with derivative 0.</para>
    /// <para>
    /// With <paramref name="standardize"/> the elements are compared as w = σ((x - m) / d), with the mean m and d = √(variance +
    /// 1e-6), so that a softness means the same at every scale; otherwise w = x.
    /// </para>
    /// <para>An element that is NaN or, unless the mode is <see cref="SoftMode.Hard"/>, infinite makes everything NaN.</para>
    /// <para>Source: Paulus, Geist et al., arXiv:2603.08824; <see cref="SortMethod"/> names those of the methods.</para>
    /// </remarks>
    /// <param name="x">The row, of at least one element.</param>
    /// <param name="destination">
    /// Receives the ranks, as many as there are elements. It starts where the row does or shares no memory with it.
    /// </param>
    /// <param name="softness">The softness s, more than 0: relative to the squashed elements, or to the elements themselves.</param>
    /// <param name="mode">How corners are rounded off.</param>
    /// <param name="method">How the order becomes soft.</param>
    /// <param name="standardize">Whether the elements are squashed before they are compared.</param>
    /// <param name="descending">Whether the largest element has the rank 1.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
    /// </exception>
    [SoftOperator, AxisForm(RowResult.Row), CustomVjp(nameof(RankBackward)), CustomJvp(nameof(RankTangent))]
    public static void Rank(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool descending = true) =>
        RowForm.Map(new RankRow<double>(new(softness, mode, method, standardize), descending), x, destination);
}
