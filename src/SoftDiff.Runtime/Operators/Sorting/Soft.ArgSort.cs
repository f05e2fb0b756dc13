namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft indices of all elements in order: a soft permutation matrix.</summary>
    /// <remarks>
    /// <para>
    /// A soft index is a vector of probabilities, one for each element; in the modes C0, C1 and C2 many are exactly 0. By SoftSort
    /// row r is the projection of -|aᵣ - wⱼ| / s onto the simplex, with the sorted elements a; by NeuralSort that of -(cᵣ wⱼ + Σᵢ
    /// |wᵢ - wⱼ|) / s with soft distances and cᵣ = n - 1 - 2r, for r from 0 in ascending order.
    /// </para>
    /// <para>
    /// Derivatives of SoftSort at equal elements are those of a stable sort, in reverse if descending, and of |·| with slope 0 at
    /// 0. The hard one is the matrix of a stable sort in either direction, with derivative 0.
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
    /// <param name="logProbEps">What probabilities are raised to, at least, before the logarithm is taken; 0 for none.</param>
    /// <exception cref="ArgumentException">
    /// A span is empty or has another length, or shares memory in part with one that is written; or the mode and the method do not
    /// go together, or <paramref name="logProbEps"/> is given without <paramref name="returnLogProbs"/>. Nothing is written then.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="softness"/> is not more than 0, a mode or method does not exist, or <paramref name="logProbEps"/> is not
    /// from 0 to 1.
    /// </exception>
    [SoftOperator]
    [AxisForm(RowResult.Permutation)]
    [CustomVjp(nameof(ArgSortBackward))]
    [CustomJvp(nameof(ArgSortTangent))]
    public static void ArgSort(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool descending = false, bool returnLogProbs = false,
        [NonDifferentiable] double logProbEps = 0) =>
        RowForm.Map(
            new ArgSortRow<double>(new(softness, mode, method, standardize), descending, new(returnLogProbs, logProbEps)),
            x, destination);
}
