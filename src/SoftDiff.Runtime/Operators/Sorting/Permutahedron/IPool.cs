namespace SoftDiff;

/// <summary>
/// Sums over a block of neighbours with one common level γ, from which the level follows; each mode has its own. All z count from the first
/// of the block, so that nothing is lost where they are large.
/// </summary>
/// <typeparam name="TPool">The pool itself.</typeparam>
internal interface IPool<TPool>
    where TPool : unmanaged, IPool<TPool>
{
    /// <summary>The block of one element.</summary>
    static abstract TPool Of(double w);

    /// <summary>The block of this one's elements and those of the one after it, whose first z is lower by <paramref name="drop"/>.</summary>
    TPool With(in TPool next, double drop);

    /// <summary>γ from the first z of the block, given <see cref="IAnchors.Step"/>.</summary>
    double Level(double step);

    /// <summary>
    /// <see cref="Level"/> once more from the elements of the finished block, so that nothing that merging rounded is left in it.
    /// </summary>
    /// <param name="level">The level as merging left it.</param>
    /// <param name="z">The elements, from the first.</param>
    /// <param name="w">The elements that z is projected on.</param>
    /// <param name="scratch">As long, for the method to use.</param>
    static abstract double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> scratch);

    /// <summary>The element of the projection, from t = z - γ.</summary>
    static abstract double Project(double t);

    /// <summary>The derivatives for a block of more than one element.</summary>
    /// <param name="level">The level.</param>
    /// <param name="z">The elements, from the first.</param>
    /// <param name="w">The elements that z is projected on.</param>
    /// <param name="slope">Receives the derivative of <see cref="Project"/>.</param>
    /// <param name="byZ">Receives ∂γ / ∂z.</param>
    /// <param name="byW">Receives -∂γ / ∂w.</param>
    static abstract void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> slope, Span<double> byZ, Span<double> byW);

    /// <summary>The derivative of the projection of a block of one element with respect to w: 1, or 0 by convention.</summary>
    static abstract double SingleSlope(double w);
}
