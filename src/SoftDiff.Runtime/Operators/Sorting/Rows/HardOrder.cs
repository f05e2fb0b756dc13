namespace SoftDiff;

/// <summary>
/// The order statistics themselves, of <see cref="SoftMode.Hard"/>. Conventions for equal elements: indices in descending order keep the
/// caller's order. A sort in descending order is the reverse of a stable ascending sort. A maximum shares its derivative equally.
/// </summary>
internal static class HardOrder
{
    /// <summary>The elements that the rows of a selection are, one or for some quantiles two for each.</summary>
    public static void Choose(ReadOnlySpan<double> x, in RowRequest request, bool isIndex, Span<int> chosen)
    {
        var n = x.Length;
        using var sorted = Scratch.Rent<double>(n);
        using var order = Scratch.Rent<int>(n);
        var descending = request.Kind is RowKind.ArgMax or RowKind.TopK || (isIndex && request.Descending);
        if (!descending)
        {
            SortedOrder.Sort(x, sorted.Span, order.Span);
            for (var i = 0; i < chosen.Length; i++) chosen[i] = order.Span[request.Position(i, n)];
            return;
        }

        SortedOrder.SortDescending(x, sorted.Span, order.Span);
        order.Span[..chosen.Length].CopyTo(chosen);
    }

    /// <summary>p = the rows: 1 for the chosen element, 0 for the others.</summary>
    public static void Indices(ReadOnlySpan<double> x, in RowRequest request, Span<double> p)
    {
        var n = x.Length;
        using var chosen = Scratch.Rent<int>(request.Count(n));
        Choose(x, request, isIndex: true, chosen.Span);
        p.Clear();
        for (var i = 0; i < chosen.Span.Length; i++) p[(i * n) + chosen.Span[i]] = 1;
    }

    public static void Values(ReadOnlySpan<double> x, in RowRequest request, Span<double> y)
    {
        using var chosen = Scratch.Rent<int>(y.Length);
        Choose(x, request, isIndex: false, chosen.Span);
        for (var i = 0; i < y.Length; i++) y[i] = x[chosen.Span[i]];
    }

    /// <summary>Overwrites <paramref name="dX"/>.</summary>
    public static void ValuesVjp(ReadOnlySpan<double> x, in RowRequest request, ReadOnlySpan<double> cY, Span<double> dX)
    {
        dX.Clear();
        if (request.Kind == RowKind.ArgMax)
        {
            var max = Lanewise.Max(x);
            var share = cY[0] / Ties(x, max);
            for (var j = 0; j < x.Length; j++) dX[j] = x[j] == max ? share : 0;
            return;
        }

        using var chosen = Scratch.Rent<int>(cY.Length);
        Choose(x, request, isIndex: false, chosen.Span);
        for (var i = 0; i < cY.Length; i++) dX[chosen.Span[i]] += cY[i];
    }

    public static void ValuesJvp(ReadOnlySpan<double> x, in RowRequest request, ReadOnlySpan<double> tX, Span<double> tY)
    {
        if (request.Kind == RowKind.ArgMax)
        {
            var (max, sum) = (Lanewise.Max(x), 0.0);
            for (var j = 0; j < x.Length; j++) sum += x[j] == max ? tX[j] : 0;
            tY[0] = sum / Ties(x, max);
            return;
        }

        using var chosen = Scratch.Rent<int>(tY.Length);
        Choose(x, request, isIndex: false, chosen.Span);
        for (var i = 0; i < tY.Length; i++) tY[i] = tX[chosen.Span[i]];
    }

    /// <summary>y = the positions from 1 in the stable sort.</summary>
    public static void Ranks(ReadOnlySpan<double> x, bool descending, Span<double> y)
    {
        using var order = Scratch.Rent<int>(x.Length);
        Choose(x, new RowRequest(RowKind.ArgSort, Descending: descending), isIndex: true, order.Span);
        for (var position = 0; position < y.Length; position++) y[order.Span[position]] = position + 1;
    }

    private static int Ties(ReadOnlySpan<double> x, double max)
    {
        var count = 0;
        foreach (var element in x) count += element == max ? 1 : 0;
        return count;
    }
}
