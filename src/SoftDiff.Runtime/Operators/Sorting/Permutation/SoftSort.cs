namespace SoftDiff;

/// <summary>
/// SoftSort: the row of a position is the projection of -|aᵣ - wⱼ| / s onto the simplex, with the anchor aᵣ at that position of the sorted w. The
/// largest element by itself has the projection of w / s, which is the same row.
/// </summary>
/// <remarks>
/// Source: Prillo and Eisenschlos, arXiv:2006.16038. Equal elements: the anchors of an ascending order are those of a stable sort, of a descending
/// one the same in reverse, and of the top k those of a stable descending sort.
/// </remarks>
/// <param name="softness">The softness.</param>
/// <param name="mode">The projection.</param>
internal readonly struct SoftSort(double softness, SoftMode mode) : IPlanMethod<double>, IAverageMethod, IRankMethod<double>
{
    private SimplexProjection Projection => new(mode);

    public void Rows(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p)
    {
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(sorted.Keys);
            SoftIndices.Value(ref plain, Projection, request, log, sorted.Order, p);
            return;
        }

        var logits = new DistanceLogits(sorted.Keys, Projection);
        SoftIndices.Value(ref logits, Projection, request, log, sorted.Order, p);
    }

    public double RowsVjp(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p, ReadOnlySpan<double> cP, Span<double> dW)
    {
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        using var parts = new Parts(w.Length, 2);
        var cKeys = parts.NextCleared();
        var cAnchors = parts.NextCleared();
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(sorted.Keys) { KeyCotangents = cKeys };
            SoftIndices.Vjp(ref plain, Projection, request, log, sorted.Order, p, cP);
            sorted.Pullback(cKeys, default, request, dW);
            return plain.SoftnessCotangent / softness;
        }

        var logits = new DistanceLogits(sorted.Keys, Projection) { KeyCotangents = cKeys, AnchorCotangents = cAnchors };
        SoftIndices.Vjp(ref logits, Projection, request, log, sorted.Order, p, cP);
        sorted.Pullback(cKeys, cAnchors, request, dW);
        return logits.SoftnessCotangent / softness;
    }

    public void RowsJvp(ReadOnlySpan<double> w, in RowRequest request, bool log, ReadOnlySpan<double> tW, double tSoftness, Span<double> p, Span<double> tP)
    {
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        using var parts = new Parts(w.Length, 2);
        var tKeys = parts.Next();
        var tAnchors = parts.Next();
        sorted.Pushforward(tW, request, tKeys, tAnchors);
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(sorted.Keys) { KeyTangents = tKeys, RelativeSoftnessTangent = tSoftness / softness };
            SoftIndices.Jvp(ref plain, Projection, request, log, sorted.Order, p, tP);
            return;
        }

        var logits = new DistanceLogits(sorted.Keys, Projection)
        {
            KeyTangents = tKeys, AnchorTangents = tAnchors, RelativeSoftnessTangent = tSoftness / softness,
        };
        SoftIndices.Jvp(ref logits, Projection, request, log, sorted.Order, p, tP);
    }

    public void Average(ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, Span<double> y)
    {
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        using var values = Scratch.Rent<double>(w.Length);
        SortedOrder.Gather(v, sorted.Order, values.Span);
        SortedAverage(sorted.Keys, values.Span, request, y);
    }

    public double AverageVjp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        Span<double> y, ReadOnlySpan<double> cY, Span<double> dW, Span<double> dV)
    {
        var n = w.Length;
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        using var parts = new Parts(n, 4);
        var values = parts.Next();
        var cKeys = parts.NextCleared();
        var cAnchors = parts.NextCleared();
        var cValues = parts.NextCleared();
        SortedOrder.Gather(v, sorted.Order, values);
        var cSoftness = SortedVjp(sorted.Keys, values, request, constant, y, cY, cKeys, cAnchors, cValues);
        SortedOrder.Scatter(cValues, sorted.Order, dV);
        if (!constant) sorted.Pullback(cKeys, cAnchors, request, dW);
        return cSoftness;
    }

    public void AverageJvp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        ReadOnlySpan<double> tW, ReadOnlySpan<double> tV, double tSoftness, Span<double> y, Span<double> tY)
    {
        var n = w.Length;
        using var sorted = new SortedRow(w, softness, sort: request.Kind != RowKind.ArgMax);
        using var parts = new Parts(n, 4);
        var values = parts.Next();
        var tValues = parts.Next();
        var tKeys = parts.Next();
        var tAnchors = parts.Next();
        SortedOrder.Gather(v, sorted.Order, values);
        SortedOrder.Gather(tV, sorted.Order, tValues);
        if (constant)
        {
            // A constant permutation only averages the tangents, too.
            SortedAverage(sorted.Keys, values, request, y);
            SortedAverage(sorted.Keys, tValues, request, tY);
            return;
        }

        sorted.Pushforward(tW, request, tKeys, tAnchors);
        SortedJvp(sorted.Keys, values, request, tKeys, tAnchors, tSoftness / softness, tValues, y, tY);
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        var n = w.Length;
        using var sorted = new SortedRow(w, softness, sort: true);
        using var parts = new Parts(n, 2);
        var ranks = parts.Next();
        var result = parts.Next();
        WriteRanks(descending, ranks);
        SortedAverage(sorted.Keys, ranks, new RowRequest(RowKind.ArgSort), result);
        SortedOrder.Scatter(result, sorted.Order, y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        var n = w.Length;
        using var sorted = new SortedRow(w, softness, sort: true);
        using var parts = new Parts(n, 6);
        var ranks = parts.Next();
        var result = parts.Next();
        var cResult = parts.Next();
        var cKeys = parts.NextCleared();
        var cAnchors = parts.NextCleared();
        var unused = parts.NextCleared();
        var request = new RowRequest(RowKind.ArgSort);
        WriteRanks(descending, ranks);
        SortedOrder.Gather(cY, sorted.Order, cResult);
        var cSoftness = SortedVjp(sorted.Keys, ranks, request, constant: false, result, cResult, cKeys, cAnchors, unused);
        if (!y.IsEmpty) SortedOrder.Scatter(result, sorted.Order, y);
        sorted.Pullback(cKeys, cAnchors, request, dW);
        return cSoftness;
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        var n = w.Length;
        using var sorted = new SortedRow(w, softness, sort: true);
        using var parts = new Parts(n, 6);
        var ranks = parts.Next();
        var zeros = parts.NextCleared();
        var result = parts.Next();
        var tResult = parts.Next();
        var tKeys = parts.Next();
        var tAnchors = parts.Next();
        var request = new RowRequest(RowKind.ArgSort);
        WriteRanks(descending, ranks);
        sorted.Pushforward(tW, request, tKeys, tAnchors);
        SortedJvp(sorted.Keys, ranks, request, tKeys, tAnchors, tSoftness / softness, zeros, result, tResult);
        SortedOrder.Scatter(result, sorted.Order, y);
        SortedOrder.Scatter(tResult, sorted.Order, tY);
    }

    private static void WriteRanks(bool descending, Span<double> ranks)
    {
        for (var j = 0; j < ranks.Length; j++) ranks[j] = descending ? ranks.Length - j : j + 1;
    }

    private void SortedAverage(ReadOnlySpan<double> keys, ReadOnlySpan<double> v, in RowRequest request, Span<double> y)
    {
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(keys);
            SoftAverages.Value(ref plain, Projection, request, v, y);
        }
        else if (mode == SoftMode.Smooth)
        {
            ExponentialAverages.Value(keys, request, v, y);
        }
        else
        {
            var logits = new DistanceLogits(keys, Projection);
            SoftAverages.Value(ref logits, Projection, request, v, y);
        }
    }

    // Cotangents that are not overwritten are 0 before.
    private double SortedVjp(
        ReadOnlySpan<double> keys, ReadOnlySpan<double> v, in RowRequest request, bool constant, Span<double> y, ReadOnlySpan<double> cY,
        Span<double> cKeys, Span<double> cAnchors, Span<double> cV)
    {
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(keys) { KeyCotangents = cKeys };
            SoftAverages.Vjp(ref plain, Projection, request, constant, v, y, cY, cV);
            return plain.SoftnessCotangent / softness;
        }

        if (mode == SoftMode.Smooth)
        {
            if (!constant) return ExponentialAverages.Vjp(keys, request, v, y, cY, cKeys, cAnchors, cV) / softness;
            ExponentialAverages.PullbackOfValues(keys, request, v, y, cY, cV);
            return 0;
        }

        var logits = new DistanceLogits(keys, Projection) { KeyCotangents = cKeys, AnchorCotangents = cAnchors };
        SoftAverages.Vjp(ref logits, Projection, request, constant, v, y, cY, cV);
        return logits.SoftnessCotangent / softness;
    }

    private void SortedJvp(
        ReadOnlySpan<double> keys, ReadOnlySpan<double> v, in RowRequest request, ReadOnlySpan<double> tKeys, ReadOnlySpan<double> tAnchors,
        double relativeSoftnessTangent, ReadOnlySpan<double> tV, Span<double> y, Span<double> tY)
    {
        if (request.Kind == RowKind.ArgMax)
        {
            var plain = new PlainLogits(keys) { KeyTangents = tKeys, RelativeSoftnessTangent = relativeSoftnessTangent };
            SoftAverages.Jvp(ref plain, Projection, request, v, tV, y, tY);
        }
        else if (mode == SoftMode.Smooth)
        {
            ExponentialAverages.Jvp(keys, request, tKeys, tAnchors, relativeSoftnessTangent, v, tV, y, tY);
        }
        else
        {
            var logits = new DistanceLogits(keys, Projection)
            {
                KeyTangents = tKeys, AnchorTangents = tAnchors, RelativeSoftnessTangent = relativeSoftnessTangent,
            };
            SoftAverages.Jvp(ref logits, Projection, request, v, tV, y, tY);
        }
    }
}
