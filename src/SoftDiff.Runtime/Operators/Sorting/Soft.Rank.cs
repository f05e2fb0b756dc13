namespace SoftDiff;

public static partial class Soft
{
    /// <summary>Soft ranks of all elements, from 1 to n but for SmoothSort, whose ranks leave that interval at large softness.</summary>
    /// <remarks>
    /// <para>
    /// By SoftSort the mean of the positions, weighted for element i by the projection of -|wᵢ - aᵣ| / s onto the simplex, with the
    /// sorted elements a. By NeuralSort, OptimalTransport and SortingNetwork the mean weighted by the column of the element in the
    /// soft permutation, divided by max(sum, 1e-10). FastSoftSort and SmoothSort rank by themselves.
    /// </para>
    /// <para>The hard one is the position in a stable sort, with derivative 0.</para>
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
    [SoftOperator]
    [AxisForm(RowResult.Row)]
    [CustomVjp(nameof(RankBackward))]
    [CustomJvp(nameof(RankTangent))]
    public static void Rank(
        ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
        SortMethod method = SortMethod.NeuralSort, bool standardize = true, bool descending = true) =>
        RowForm.Map(new RankRow<double>(new(softness, mode, method, standardize), descending), x, destination);
}
