namespace SoftDiff;

/// <summary>
/// Sorting and ranking as projections onto the permutahedron. Sort: the anchors i / ((n - 1) s) are projected onto the permutahedron of the elements. Rank: the
/// elements over s are projected onto that of 1 … n, both in units of n - 1. O(n log n).
/// </summary>
/// <remarks>Source: Blondel, Teboul, Berthet and Djolonga, arXiv:2002.08871.</remarks>
/// <param name="softness">s, more than 0.</param>
/// <param name="mode">Smooth, C0, C1 or C2.</param>
internal readonly struct FastSoftSort(double softness, SoftMode mode) : ISortMethod<double>, IRankMethod<double>
{
    public void Sort(ReadOnlySpan<double> w, Span<double> y)
    {
        using var row = new AnchoredRow(w, softness);
        Value(row.Anchors, row.Sorted, y);
        y.Reverse();
    }

    public double SortVjp<TCotangent>(ReadOnlySpan<double> w, Span<double> y, ref TCotangent cotangent, Span<double> dW)
        where TCotangent : struct, ISortCotangent<double>, allows ref struct
    {
        using var row = new AnchoredRow(w, softness);
        using var parts = new Parts(w.Length, 2);
        var dAnchors = parts.Next();
        var dSorted = parts.Next();
        switch (mode)
        {
            case SoftMode.C0: SortVjp<MeanBlock, TCotangent>(row, y, ref cotangent, dAnchors, dSorted); break;
            case SoftMode.C1: SortVjp<QuadraticBlock, TCotangent>(row, y, ref cotangent, dAnchors, dSorted); break;
            case SoftMode.C2: SortVjp<CubicBlock, TCotangent>(row, y, ref cotangent, dAnchors, dSorted); break;
            default: SortVjp<EntropicBlock, TCotangent>(row, y, ref cotangent, dAnchors, dSorted); break;
        }

        SortedOrder.Scatter(dSorted, row.Order, dW);
        return -Lanewise.Sum(dAnchors, row.Anchors, default(Product<double>)) / softness;
    }

    public void SortJvp(ReadOnlySpan<double> w, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var row = new AnchoredRow(w, softness);
        using var parts = new Parts(w.Length, 2);
        var tAnchors = parts.Next();
        var tSorted = parts.Next();
        Lanewise.Map(row.Anchors, tAnchors, new Scaled<double>(-tSoftness / softness));
        SortedOrder.Gather(tW, row.Order, tSorted);
        Jvp(row.Anchors, row.Sorted, tAnchors, tSorted, y, tY);
        y.Reverse();
        tY.Reverse();
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        using var row = new RankedRow(w, softness, descending);
        using var parts = new Parts(w.Length, 1);
        var projected = parts.Next();
        Value(row.Sorted, row.Positions, projected);
        row.ToRanks(projected, y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        using var row = new RankedRow(w, softness, descending);
        using var parts = new Parts(w.Length, 4);
        var projected = parts.Next();
        var cProjected = parts.Next();
        var dSorted = parts.Next();
        var dPositions = parts.Next();
        SortedOrder.Gather(cY, row.Order, cProjected);
        Lanewise.Map(cProjected, cProjected, new Scaled<double>(row.Scale));
        Vjp(row.Sorted, row.Positions, projected, cProjected, dSorted, dPositions);
        if (!y.IsEmpty) row.ToRanks(projected, y);
        var dSoftness = -Lanewise.Sum(dSorted, row.Sorted, default(Product<double>)) / softness;
        Lanewise.Map(dSorted, dSorted, new Scaled<double>(row.Factor));
        SortedOrder.Scatter(dSorted, row.Order, dW);
        return dSoftness;
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var row = new RankedRow(w, softness, descending);
        using var parts = new Parts(w.Length, 4);
        var projected = parts.Next();
        var tProjected = parts.Next();
        var tSorted = parts.Next();
        var tPositions = parts.NextCleared();
        SortedOrder.Gather(tW, row.Order, tSorted);
        for (var i = 0; i < tSorted.Length; i++) tSorted[i] = (tSorted[i] * row.Factor) - (row.Sorted[i] * tSoftness / softness);
        Jvp(row.Sorted, row.Positions, tSorted, tPositions, projected, tProjected);
        row.ToRanks(projected, y);
        row.ToRanks(tProjected, tY);
    }

    private void Value(ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> y)
    {
        switch (mode)
        {
            case SoftMode.C0: Value<MeanBlock>(z, w, y); break;
            case SoftMode.C1: Value<QuadraticBlock>(z, w, y); break;
            case SoftMode.C2: Value<CubicBlock>(z, w, y); break;
            default: Value<EntropicBlock>(z, w, y); break;
        }
    }

    private void Vjp(ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> y, Span<double> cY, Span<double> dZ, Span<double> dW)
    {
        switch (mode)
        {
            case SoftMode.C0: Vjp<MeanBlock>(z, w, y, cY, dZ, dW); break;
            case SoftMode.C1: Vjp<QuadraticBlock>(z, w, y, cY, dZ, dW); break;
            case SoftMode.C2: Vjp<CubicBlock>(z, w, y, cY, dZ, dW); break;
            default: Vjp<EntropicBlock>(z, w, y, cY, dZ, dW); break;
        }
    }

    private void Jvp(
        ReadOnlySpan<double> z, ReadOnlySpan<double> w, ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, Span<double> y, Span<double> tY)
    {
        switch (mode)
        {
            case SoftMode.C0: Jvp<MeanBlock>(z, w, tZ, tW, y, tY); break;
            case SoftMode.C1: Jvp<QuadraticBlock>(z, w, tZ, tW, y, tY); break;
            case SoftMode.C2: Jvp<CubicBlock>(z, w, tZ, tW, y, tY); break;
            default: Jvp<EntropicBlock>(z, w, tZ, tW, y, tY); break;
        }
    }

    private static void SortVjp<TBlock, TCotangent>(
        in AnchoredRow row, Span<double> y, ref TCotangent cotangent, Span<double> dAnchors, Span<double> dSorted)
        where TBlock : unmanaged, IBlock<TBlock>
        where TCotangent : struct, ISortCotangent<double>, allows ref struct
    {
        using var projection = new PermutahedronProjection<TBlock>(row.Anchors, row.Sorted);
        using var cotangents = Scratch.Rent<double>(y.Length);
        projection.Value(y);
        y.Reverse();
        cotangent.Of(y, cotangents.Span);
        cotangents.Span.Reverse();
        projection.Vjp(cotangents.Span, dAnchors, dSorted);
    }

    private static void Value<TBlock>(ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> y)
        where TBlock : unmanaged, IBlock<TBlock>
    {
        using var projection = new PermutahedronProjection<TBlock>(z, w);
        projection.Value(y);
    }

    private static void Vjp<TBlock>(
        ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> y, Span<double> cY, Span<double> dZ, Span<double> dW)
        where TBlock : unmanaged, IBlock<TBlock>
    {
        using var projection = new PermutahedronProjection<TBlock>(z, w);
        if (!y.IsEmpty) projection.Value(y);
        projection.Vjp(cY, dZ, dW);
    }

    private static void Jvp<TBlock>(
        ReadOnlySpan<double> z, ReadOnlySpan<double> w, ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, Span<double> y, Span<double> tY)
        where TBlock : unmanaged, IBlock<TBlock>
    {
        using var projection = new PermutahedronProjection<TBlock>(z, w);
        projection.Value(y);
        projection.Jvp(tZ, tW, tY);
    }
}
