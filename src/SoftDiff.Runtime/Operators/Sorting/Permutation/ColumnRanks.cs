namespace SoftDiff;

/// <summary>
/// Ranks from a soft permutation whose columns need not add up to 1: the mean of the ranks of the rows weighted by the column of an element,
/// Σᵣ r Pᵣᵢ / max(Σᵣ Pᵣᵢ, 1e-10). The permutation is given as rows in ascending order or as logits, whose order the elements are in.
/// </summary>
/// <param name="sums">Memory for the sums of the columns, 0 at first.</param>
/// <param name="ranks">Memory for the ranks, 0 at first.</param>
/// <param name="descending">Whether the largest element has the rank 1.</param>
internal readonly ref struct ColumnRanks(Span<double> sums, Span<double> ranks, bool descending)
{
    private const double LeastSum = 1e-10;

    private readonly Span<double> _sums = sums, _ranks = ranks;

    /// <summary>The ranks, once all rows are added.</summary>
    public ReadOnlySpan<double> Ranks => _ranks;

    /// <summary>Adds the rows of a whole permutation.</summary>
    public void Add(ReadOnlySpan<double> p)
    {
        AddTangents(p, _sums, _ranks);
        Divide();
    }

    /// <summary>Adds the rows of logits.</summary>
    public void Add<TLogits>(ref TLogits logits, SimplexProjection projection)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        using var memory = Scratch.Rent<double>(logits.Length);
        for (var position = 0; position < logits.Length; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory.Span);
            row.AddEntries(1, row.Window.Of(_sums));
            row.AddEntries(RankOf(position), row.Window.Of(_ranks));
        }

        Divide();
    }

    /// <summary>The cotangents of the rows of a whole permutation.</summary>
    public void Cotangents(ReadOnlySpan<double> cRanks, Span<double> factors, Span<double> centres, Span<double> cP)
    {
        var n = _ranks.Length;
        Factors(cRanks, factors, centres);
        for (var position = 0; position < n; position++)
        {
            Lanewise.Map(centres, factors, cP.Slice(position * n, n), new RestProduct(RankOf(position)));
        }
    }

    /// <summary>Adds to the cotangents of the logits' elements.</summary>
    public void Pullback<TLogits>(ref TLogits logits, SimplexProjection projection, ReadOnlySpan<double> cRanks)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        using var parts = new Parts(logits.Length, 4);
        var memory = parts.Next();
        var factors = parts.Next();
        var centres = parts.Next();
        var cotangents = parts.Next();
        Factors(cRanks, factors, centres);
        for (var position = 0; position < logits.Length; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory);
            var c = cotangents[..row.Window.Length];
            Lanewise.Map(row.Window.Of(centres), row.Window.Of(factors), c, new RestProduct(RankOf(position)));
            row.Product(c, 1, c);
            logits.Pullback(position, row.Window, c);
        }
    }

    /// <summary>Adds tangents of a whole permutation to those of the sums, and of the sums weighted by rank.</summary>
    public void AddTangents(ReadOnlySpan<double> tP, Span<double> tSums, Span<double> tWeighted)
    {
        var n = _ranks.Length;
        for (var position = 0; position < n; position++) Add(position, new Window(0, n), tP.Slice(position * n, n), tSums, tWeighted);
    }

    /// <inheritdoc cref="AddTangents(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    public void AddTangents<TLogits>(ref TLogits logits, SimplexProjection projection, Span<double> tSums, Span<double> tWeighted)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        using var parts = new Parts(logits.Length, 2);
        var memory = parts.Next();
        var tangents = parts.Next();
        for (var position = 0; position < logits.Length; position++)
        {
            var row = SoftRow.Of(ref logits, projection, position, all: false, memory);
            var t = tangents[..row.Window.Length];
            logits.Tangents(position, row.Window, t);
            row.Product(t, 1, t);
            Add(position, row.Window, t, tSums, tWeighted);
        }
    }

    /// <summary>The tangents of the ranks in place of those of the weighted sums.</summary>
    public void Tangents(ReadOnlySpan<double> tSums, Span<double> tWeighted)
    {
        for (var i = 0; i < tWeighted.Length; i++) tWeighted[i] = (tWeighted[i] - (Centre(i) * tSums[i])) / Math.Max(_sums[i], LeastSum);
    }

    private double RankOf(int position) => descending ? _ranks.Length - position : position + 1;

    private void Add(int position, Window window, ReadOnlySpan<double> entries, Span<double> sums, Span<double> weighted)
    {
        Lanewise.Map(window.Of(sums), entries, window.Of(sums), default(Plus<double>));
        Lanewise.Map(window.Of(weighted), entries, window.Of(weighted), new PlusScaled<double>(RankOf(position)));
    }

    private void Divide()
    {
        for (var i = 0; i < _ranks.Length; i++) _ranks[i] /= Math.Max(_sums[i], LeastSum);
    }

    // The derivative of a rank by the entry of a row of rank r is (r - centre) / max(Σ, 1e-10): with half of the slope where both are equal.
    private double Centre(int i) => _sums[i] > LeastSum ? _ranks[i] : _sums[i] < LeastSum ? 0 : _ranks[i] / 2;

    private void Factors(ReadOnlySpan<double> cRanks, Span<double> factors, Span<double> centres)
    {
        for (var i = 0; i < _ranks.Length; i++)
        {
            factors[i] = cRanks[i] / Math.Max(_sums[i], LeastSum);
            centres[i] = Centre(i);
        }
    }
}

/// <summary>(whole - x) y.</summary>
internal readonly struct RestProduct(double whole) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(TLanes.Subtract(TLanes.Broadcast(whole), x), y);
}
