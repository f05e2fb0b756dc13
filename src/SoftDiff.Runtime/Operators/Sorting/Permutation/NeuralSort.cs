namespace SoftDiff;

/// <summary>
/// NeuralSort: the row of the position r, ascending from 0, is the projection of -((n - 1 - 2r) wⱼ + Aⱼ) / s onto the simplex, with the sums A of the
/// soft distances of wⱼ from all elements.
/// </summary>
/// <remarks>Source: Grover et al., arXiv:1903.08850; distances are softened as in Paulus, Geist et al., arXiv:2603.08824.</remarks>
/// <param name="softness">The softness.</param>
/// <param name="mode">The projection, and the softening of the distances.</param>
internal readonly struct NeuralSort(double softness, SoftMode mode) : IPlanMethod<double>, IAverageMethod, IRankMethod<double>
{
    private SimplexProjection Projection => new(mode);

    public void Rows(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p)
    {
        using var row = new NeuralRow(w, softness, mode);
        var logits = row.Logits();
        SoftIndices.Value(ref logits, Projection, request, log, row.Order, p);
    }

    public double RowsVjp(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p, ReadOnlySpan<double> cP, Span<double> dW)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 2);
        var cKeys = parts.NextCleared();
        var cSums = parts.NextCleared();
        var logits = row.Logits(cKeys, cSums);
        SoftIndices.Vjp(ref logits, Projection, request, log, row.Order, p, cP);
        return row.Pullback(logits, cKeys, cSums, dW) / softness;
    }

    public void RowsJvp(ReadOnlySpan<double> w, in RowRequest request, bool log, ReadOnlySpan<double> tW, double tSoftness, Span<double> p, Span<double> tP)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 2);
        var logits = row.Logits(tW, softness, tSoftness, parts.Next(), parts.Next());
        SoftIndices.Jvp(ref logits, Projection, request, log, row.Order, p, tP);
    }

    public void Average(ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, Span<double> y)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var values = Scratch.Rent<double>(w.Length);
        SortedOrder.Gather(v, row.Order, values.Span);
        var logits = row.Logits();
        SoftAverages.Value(ref logits, Projection, request, values.Span, y);
    }

    public double AverageVjp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        Span<double> y, ReadOnlySpan<double> cY, Span<double> dW, Span<double> dV)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 4);
        var values = parts.Next()[..w.Length];
        var cValues = parts.NextCleared()[..w.Length];
        var cKeys = parts.NextCleared();
        var cSums = parts.NextCleared();
        SortedOrder.Gather(v, row.Order, values);
        var logits = row.Logits(cKeys, cSums);
        SoftAverages.Vjp(ref logits, Projection, request, constant, values, y, cY, cValues);
        SortedOrder.Scatter(cValues, row.Order, dV);
        return constant ? 0 : row.Pullback(logits, cKeys, cSums, dW) / softness;
    }

    public void AverageJvp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        ReadOnlySpan<double> tW, ReadOnlySpan<double> tV, double tSoftness, Span<double> y, Span<double> tY)
    {
        if (constant)
        {
            // A constant permutation only averages the tangents, too.
            Average(w, v, request, y);
            Average(w, tV, request, tY);
            return;
        }

        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 4);
        var values = parts.Next()[..w.Length];
        var tValues = parts.Next()[..w.Length];
        SortedOrder.Gather(v, row.Order, values);
        SortedOrder.Gather(tV, row.Order, tValues);
        var logits = row.Logits(tW, softness, tSoftness, parts.Next(), parts.Next());
        SoftAverages.Jvp(ref logits, Projection, request, values, tValues, y, tY);
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(w.Length, 2);
        var logits = row.Logits();
        var ranks = new ColumnRanks(parts.NextCleared(), parts.NextCleared(), descending);
        ranks.Add(ref logits, Projection);
        SortedOrder.Scatter(ranks.Ranks, row.Order, y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 5);
        var cKeys = parts.NextCleared();
        var cSums = parts.NextCleared();
        var cRanks = parts.Next()[..w.Length];
        var logits = row.Logits(cKeys, cSums);
        var ranks = new ColumnRanks(parts.NextCleared()[..w.Length], parts.NextCleared()[..w.Length], descending);
        SortedOrder.Gather(cY, row.Order, cRanks);
        ranks.Add(ref logits, Projection);
        ranks.Pullback(ref logits, Projection, cRanks);
        if (!y.IsEmpty) SortedOrder.Scatter(ranks.Ranks, row.Order, y);
        return row.Pullback(logits, cKeys, cSums, dW) / softness;
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var row = new NeuralRow(w, softness, mode);
        using var parts = new Parts(row.PaddedLength, 6);
        var logits = row.Logits(tW, softness, tSoftness, parts.Next(), parts.Next());
        var ranks = new ColumnRanks(parts.NextCleared()[..w.Length], parts.NextCleared()[..w.Length], descending);
        var tSum = parts.NextCleared()[..w.Length];
        var tWeighted = parts.NextCleared()[..w.Length];
        ranks.Add(ref logits, Projection);
        ranks.AddTangents(ref logits, Projection, tSum, tWeighted);
        ranks.Tangents(tSum, tWeighted);
        SortedOrder.Scatter(ranks.Ranks, row.Order, y);
        SortedOrder.Scatter(tWeighted, row.Order, tY);
    }
}
