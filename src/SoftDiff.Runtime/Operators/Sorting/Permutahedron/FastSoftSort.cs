namespace SoftDiff;

/// <summary>
/// Sorting and ranking as projections onto the permutahedron. Sort: the anchors i / ((n - 1) s) are projected onto the permutahedron of the elements. Rank: the
/// elements over s are projected onto that of 1 … n, both in units of n - 1. O(n log n), which is the sort; the projection is O(n).
/// </summary>
/// <remarks>Source: Blondel, Teboul, Berthet and Djolonga, arXiv:2002.08871.</remarks>
/// <param name="softness">s, more than 0.</param>
/// <param name="mode">Smooth, C0, C1 or C2.</param>
internal readonly struct FastSoftSort(double softness, SoftMode mode) : ISortMethod<double>, IRankMethod<double>
{
    public void Sort(ReadOnlySpan<double> w, Span<double> y)
    {
        using var row = new DescendingRow(w);
        Value(new EvenAnchors(w.Length, softness), row.Sorted, y);
        y.Reverse();
    }

    public double SortVjp(ReadOnlySpan<double> w, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        using var row = new DescendingRow(w);
        using var parts = new Parts(w.Length, 2);
        var cProjected = parts.Next();
        var dSorted = parts.Next();
        cY.CopyTo(cProjected);
        cProjected.Reverse();
        var dScale = Vjp(new EvenAnchors(w.Length, softness), row.Sorted, y, cProjected, default, dSorted);
        y.Reverse();
        SortedOrder.Scatter(dSorted, row.Order, dW);
        return -dScale / softness;
    }

    public void SortJvp(ReadOnlySpan<double> w, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var row = new DescendingRow(w);
        using var tSorted = Scratch.Rent<double>(w.Length);
        SortedOrder.Gather(tW, row.Order, tSorted.Span);
        Jvp(new EvenAnchors(w.Length, softness), row.Sorted, default, tSorted.Span, -tSoftness / softness, y, tY);
        y.Reverse();
        tY.Reverse();
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        using var row = new RankedRow(w, softness, descending);
        using var projected = Scratch.Rent<double>(w.Length);
        Value(row.Anchors, row.Positions, projected.Span);
        row.ToRanks(projected.Span, y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        using var row = new RankedRow(w, softness, descending);
        using var parts = new Parts(w.Length, 3);
        var projected = parts.Next();
        var cProjected = parts.Next();
        var dSorted = parts.Next();
        SortedOrder.Gather(cY, row.Order, cProjected);
        Lanewise.Map(cProjected, cProjected, new Scaled<double>(row.Scale));
        var dScale = Vjp(row.Anchors, row.Positions, y.IsEmpty ? default : projected, cProjected, dSorted, default);
        if (!y.IsEmpty) row.ToRanks(projected, y);
        Lanewise.Map(dSorted, dSorted, new Scaled<double>(row.Sign / softness));
        SortedOrder.Scatter(dSorted, row.Order, dW);
        return -dScale / softness;
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var row = new RankedRow(w, softness, descending);
        using var parts = new Parts(w.Length, 3);
        var projected = parts.Next();
        var tProjected = parts.Next();
        var tSorted = parts.Next();
        SortedOrder.Gather(tW, row.Order, tSorted);
        Lanewise.Map(tSorted, tSorted, new Scaled<double>(row.Sign / softness));
        Jvp(row.Anchors, row.Positions, tSorted, default, -tSoftness / softness, projected, tProjected);
        row.ToRanks(projected, y);
        row.ToRanks(tProjected, tY);
    }

    private void Value<TAnchors>(TAnchors z, ReadOnlySpan<double> w, Span<double> y)
        where TAnchors : struct, IAnchors, allows ref struct
    {
        switch (mode)
        {
            case SoftMode.C0: Value<PowerPool<Linear>, TAnchors>(z, w, y); break;
            case SoftMode.C1: Value<PowerPool<SignedSquare>, TAnchors>(z, w, y); break;
            case SoftMode.C2: Value<PowerPool<Cube>, TAnchors>(z, w, y); break;
            default: Value<EntropicPool, TAnchors>(z, w, y); break;
        }
    }

    private double Vjp<TAnchors>(
        TAnchors z, ReadOnlySpan<double> w, Span<double> y, ReadOnlySpan<double> cY, Span<double> dZ, Span<double> dW)
        where TAnchors : struct, IAnchors, allows ref struct => mode switch
        {
            SoftMode.C0 => Vjp<PowerPool<Linear>, TAnchors>(z, w, y, cY, dZ, dW),
            SoftMode.C1 => Vjp<PowerPool<SignedSquare>, TAnchors>(z, w, y, cY, dZ, dW),
            SoftMode.C2 => Vjp<PowerPool<Cube>, TAnchors>(z, w, y, cY, dZ, dW),
            _ => Vjp<EntropicPool, TAnchors>(z, w, y, cY, dZ, dW),
        };

    private void Jvp<TAnchors>(
        TAnchors z, ReadOnlySpan<double> w, ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, double tScale, Span<double> y, Span<double> tY)
        where TAnchors : struct, IAnchors, allows ref struct
    {
        switch (mode)
        {
            case SoftMode.C0: Jvp<PowerPool<Linear>, TAnchors>(z, w, tZ, tW, tScale, y, tY); break;
            case SoftMode.C1: Jvp<PowerPool<SignedSquare>, TAnchors>(z, w, tZ, tW, tScale, y, tY); break;
            case SoftMode.C2: Jvp<PowerPool<Cube>, TAnchors>(z, w, tZ, tW, tScale, y, tY); break;
            default: Jvp<EntropicPool, TAnchors>(z, w, tZ, tW, tScale, y, tY); break;
        }
    }

    private static void Value<TPool, TAnchors>(TAnchors z, ReadOnlySpan<double> w, Span<double> y)
        where TPool : unmanaged, IPool<TPool>
        where TAnchors : struct, IAnchors, allows ref struct
    {
        using var projection = new PermutahedronProjection<TPool, TAnchors>(z, w);
        projection.Value(y);
    }

    private static double Vjp<TPool, TAnchors>(
        TAnchors z, ReadOnlySpan<double> w, Span<double> y, ReadOnlySpan<double> cY, Span<double> dZ, Span<double> dW)
        where TPool : unmanaged, IPool<TPool>
        where TAnchors : struct, IAnchors, allows ref struct
    {
        using var projection = new PermutahedronProjection<TPool, TAnchors>(z, w);
        if (!y.IsEmpty) projection.Value(y);
        return projection.Vjp(cY, dZ, dW);
    }

    private static void Jvp<TPool, TAnchors>(
        TAnchors z, ReadOnlySpan<double> w, ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, double tScale, Span<double> y, Span<double> tY)
        where TPool : unmanaged, IPool<TPool>
        where TAnchors : struct, IAnchors, allows ref struct
    {
        using var projection = new PermutahedronProjection<TPool, TAnchors>(z, w);
        projection.Value(y);
        projection.Jvp(tZ, tW, tScale, tY);
    }
}
