namespace SoftDiff;

/// <summary>A row in units of the softness, sorted or not, with the way back to the order of the caller.</summary>
internal ref struct SortedRow
{
    private readonly double _softness;
    private Rented<double> _keys;
    private Rented<int> _order;

    /// <summary>Divides by the softness and sorts, stably, if that is wanted.</summary>
    public SortedRow(ReadOnlySpan<double> w, double softness, bool sort)
    {
        _softness = softness;
        _keys = Scratch.Rent<double>(w.Length);
        if (sort)
        {
            _order = Scratch.Rent<int>(w.Length);
            SortedOrder.Sort(w, _keys.Span, _order.Span);
        }
        else
        {
            w.CopyTo(_keys.Span);
        }

        // Only differences matter; a common offset would cost them digits. Without an order it is the largest element that others are compared with.
        Lanewise.Map(Keys, _keys.Span, new Offset<double>(sort ? Keys[0] : Lanewise.Max(Keys), softness));
    }

    public readonly ReadOnlySpan<double> Keys => _keys.Span;

    /// <summary>Element j of the keys is element Order[j] of the caller; empty if the order is the caller's.</summary>
    public readonly ReadOnlySpan<int> Order => _order.Span;

    /// <summary>dW from the cotangents of the keys as elements and, unless empty, of those of the anchors at the asked positions.</summary>
    public readonly void Pullback(ReadOnlySpan<double> cKeys, ReadOnlySpan<double> cAnchors, in RowRequest request, Span<double> dW)
    {
        SortedOrder.Scatter(cKeys, Order, dW);
        if (request.Kind != RowKind.ArgMax)
        {
            for (var p = 0; p < cAnchors.Length; p++) dW[AnchorOf(p, request)] += cAnchors[p];
        }

        Lanewise.Map(dW, dW, new Scaled<double>(1 / _softness));
    }

    /// <summary>The tangents of the keys as elements and as anchors.</summary>
    public readonly void Pushforward(ReadOnlySpan<double> tW, in RowRequest request, Span<double> tKeys, Span<double> tAnchors)
    {
        SortedOrder.Gather(tW, Order, tKeys);
        Lanewise.Map(tKeys, tKeys, new Scaled<double>(1 / _softness));
        if (request.Kind == RowKind.ArgMax) return;
        for (var p = 0; p < tAnchors.Length; p++) tAnchors[p] = tW[AnchorOf(p, request)] / _softness;
    }

    public void Dispose()
    {
        _keys.Dispose();
        _order.Dispose();
    }

    // Within equal elements, the top k are in the order of the caller.
    private readonly int AnchorOf(int position, in RowRequest request)
    {
        if (request.Kind != RowKind.TopK) return Order[position];
        var (start, end) = (SortedOrder.TieStart(Keys, position), SortedOrder.TieEnd(Keys, position));
        return Order[start + end - 1 - position];
    }
}
