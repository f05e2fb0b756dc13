namespace SoftDiff;

/// <summary>
/// The asked rows of a soft permutation themselves, or their logarithms. Entries stand in the order of the caller's elements: element j of the
/// logits is element order[j] of the caller, or j itself if there is no order.
/// </summary>
internal static class SoftIndices
{
    public static void Value<TLogits>(
        ref TLogits logits, SimplexProjection projection, in RowRequest request, bool log, ReadOnlySpan<int> order, Span<double> p)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(2 * n);
        for (var i = 0; i < request.Count(n); i++)
        {
            var entries = memory.Span[n..];
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), projection.IsSmooth, memory.Span[..n], entries);
            Write(row, log, entries[..row.Window.Length], order, p.Slice(i * n, n));
        }
    }

    /// <summary>Adds to the cotangents of the logits' elements. <paramref name="p"/> is written unless it is empty.</summary>
    public static void Vjp<TLogits>(
        ref TLogits logits, SimplexProjection projection, in RowRequest request, bool log, ReadOnlySpan<int> order,
        Span<double> p, ReadOnlySpan<double> cP)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(3 * n);
        for (var i = 0; i < request.Count(n); i++)
        {
            var entries = memory.Span[n..(2 * n)];
            var all = projection.IsSmooth && (log || !p.IsEmpty);
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), all, memory.Span[..n], entries);
            entries = entries[..row.Window.Length];
            if (!p.IsEmpty) Write(row, log, entries, order, p.Slice(i * n, n));

            var c = memory.Span.Slice(2 * n, row.Window.Length);
            SortedOrder.Gather(cP.Slice(i * n, n), order, row.Window, c);
            if (log) row.PullbackOfLogarithms(c, entries);
            else row.Product(c, 1, c);
            logits.Pullback(row.Position, row.Window, c);
        }
    }

    public static void Jvp<TLogits>(
        ref TLogits logits, SimplexProjection projection, in RowRequest request, bool log, ReadOnlySpan<int> order, Span<double> p, Span<double> tP)
        where TLogits : struct, IRowLogits, allows ref struct
    {
        var n = logits.Length;
        using var memory = Scratch.Rent<double>(3 * n);
        for (var i = 0; i < request.Count(n); i++)
        {
            var entries = memory.Span[n..(2 * n)];
            var row = SoftRow.Of(ref logits, projection, request.Position(i, n), projection.IsSmooth, memory.Span[..n], entries);
            entries = entries[..row.Window.Length];
            Write(row, log, entries, order, p.Slice(i * n, n));

            var t = memory.Span.Slice(2 * n, row.Window.Length);
            logits.Tangents(row.Position, row.Window, t);
            if (log) row.TangentsOfLogarithms(t, entries);
            else row.Product(t, 1, t);
            var tEntries = tP.Slice(i * n, n);
            tEntries.Clear();
            SortedOrder.Scatter(t, order, row.Window, tEntries);
        }
    }

    // The span for the entries holds the logits before.
    private static void Write(SoftRow row, bool log, Span<double> entries, ReadOnlySpan<int> order, Span<double> p)
    {
        if (log) row.Logarithms(entries, entries);
        else row.Entries(1, entries);
        p.Fill(log ? double.NegativeInfinity : 0);
        SortedOrder.Scatter(entries, order, row.Window, p);
    }
}
