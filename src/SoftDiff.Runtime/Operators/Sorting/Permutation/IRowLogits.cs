namespace SoftDiff;

/// <summary>
/// A soft permutation as the projections of rows of logits onto the simplex; it makes one row at a time. Logits are in units of the softness,
/// less the largest of their row. Elements are in any order that the implementation likes.
/// </summary>
internal interface IRowLogits
{
    /// <summary>How many elements a row has.</summary>
    int Length { get; }

    /// <summary>
    /// Writes the logits of the row of a sorted position (ascending, from 0) to the start of <paramref name="row"/>. It writes all of them,
    /// or those of a window that holds all elements with weight.
    /// </summary>
    /// <param name="position">The row.</param>
    /// <param name="all">Whether elements without weight are needed too.</param>
    /// <param name="row">Receives the logits.</param>
    /// <param name="radius">Receives a bound for <see cref="SimplexProjection.Solve(Span{double}, ref double)"/>.</param>
    /// <param name="largest">Receives the element with the largest logit.</param>
    /// <returns>The elements the logits belong to.</returns>
    Window Logits(int position, bool all, Span<double> row, out double radius, out int largest);

    /// <summary>Tells the solution for the row asked for last, which may help with the next one.</summary>
    void Solved(int position, double radius);

    /// <summary>Writes tangents of the logits; a number that is the same for all of a row may be left out.</summary>
    void Tangents(int position, Window window, Span<double> tLogits);

    /// <summary>Adds what follows from the cotangents of logits, whose sum over the row is 0, to the cotangents of the elements.</summary>
    void Pullback(int position, Window window, ReadOnlySpan<double> cLogits);
}

/// <summary>A range of elements.</summary>
internal readonly record struct Window(int Start, int Length)
{
    public int End => Start + Length;

    public ReadOnlySpan<double> Of(ReadOnlySpan<double> elements) => elements.Slice(Start, Length);

    public Span<double> Of(Span<double> elements) => elements.Slice(Start, Length);
}
