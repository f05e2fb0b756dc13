namespace SoftDiff;

/// <summary>One row of a soft permutation: what <see cref="SimplexProjection"/> makes of the logits of a window of elements.</summary>
/// <param name="projection">The projection.</param>
/// <param name="position">Which row.</param>
/// <param name="window">The elements with weight; the others have none. All spans that the methods take cover these elements only.</param>
/// <param name="t">
/// The argument of the projection's methods. The entries of the row are the projection's values divided by <paramref name="sum"/>.
/// </param>
/// <param name="sum">The sum of the values.</param>
/// <param name="largest">The largest entry's index in the window: averages are taken from there, so that they are exact where it has all the weight.</param>
internal readonly ref struct SoftRow(SimplexProjection projection, int position, Window window, Span<double> t, double sum, int largest)
{
    private readonly Span<double> _t = t;

    public int Position => position;

    public Window Window => window;

    /// <summary>Makes the row in the given memory.</summary>
    /// <param name="logits">The permutation.</param>
    /// <param name="projection">The projection.</param>
    /// <param name="position">Which row.</param>
    /// <param name="all">Whether the window is to be the whole row.</param>
    /// <param name="memory">Memory for the row.</param>
    /// <param name="kept">Receives the logits unless it is empty.</param>
    public static SoftRow Of<TLogits>(
        ref TLogits logits, SimplexProjection projection, int position, bool all, Span<double> memory, Span<double> kept = default)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var window = logits.Logits(position, all, memory, out var radius, out var largest);
        var t = memory[..window.Length];
        if (!kept.IsEmpty) t.CopyTo(kept);
        var sum = projection.Solve(t, ref radius);
        logits.Solved(position, radius);
        return new SoftRow(projection, position, window, t, sum, largest - window.Start);
    }

    /// <summary>Σ P v.</summary>
    public double Average(ReadOnlySpan<double> v) => Average(v, Dot(v));

    /// <summary>Σ P v from what <see cref="Dot"/> gives.</summary>
    public double Average(ReadOnlySpan<double> v, double dot) => v[largest] + (dot / sum);

    /// <summary>The sum of P (v - v of the largest), up to a factor.</summary>
    public double Dot(ReadOnlySpan<double> v) => projection.Dot(_t, v, v[largest]);

    /// <summary>entries = factor · P.</summary>
    public void Entries(double factor, Span<double> entries) => projection.Values(_t, factor / sum, entries);

    /// <summary>sums += factor · P.</summary>
    public void AddEntries(double factor, Span<double> sums) => projection.AddValues(_t, factor / sum, sums);

    /// <summary>product = factor · J c, where J is the derivative of the entries with respect to the logits, which is symmetric. <see cref="Dot"/> of c may be given.</summary>
    public void Product(ReadOnlySpan<double> c, double factor, Span<double> product, double? dot = null) =>
        projection.Product(_t, c, c[largest], sum, factor / sum, product, dot);

    /// <summary>logarithms = ln P, with -∞ for 0.</summary>
    public void Logarithms(ReadOnlySpan<double> logits, Span<double> logarithms)
    {
        if (projection.IsSmooth)
        {
            Lanewise.Map(logits, logarithms, new Shifted<double>(Math.Log(sum), 0));
            return;
        }

        Entries(1, logarithms);
        Lanewise.Map(logarithms, logarithms, default(Log<double>));
    }

    /// <summary>The cotangents of the logits for the cotangents of the logarithms, which they replace. Logarithms of 0 count as constant.</summary>
    public void PullbackOfLogarithms(Span<double> c, Span<double> memory)
    {
        Entries(1, memory);
        if (projection.IsSmooth)
        {
            Lanewise.Map(c, memory, c, new PlusScaled<double>(-Lanewise.Sum(c, c, default(First<double>))));
            return;
        }

        Lanewise.Map(c, memory, c, default(QuotientOrZero<double>));
        Product(c, 1, c);
    }

    /// <summary>The tangents of the logarithms for tangents of the logits, which they replace.</summary>
    public void TangentsOfLogarithms(Span<double> tLogits, Span<double> memory)
    {
        if (projection.IsSmooth)
        {
            Lanewise.Map(tLogits, tLogits, new Shifted<double>(Average(tLogits), 0));
            return;
        }

        Product(tLogits, 1, tLogits);
        Entries(1, memory);
        Lanewise.Map(tLogits, memory, tLogits, default(QuotientOrZero<double>));
    }
}
