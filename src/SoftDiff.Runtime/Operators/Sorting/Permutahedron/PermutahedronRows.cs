namespace SoftDiff;

/// <summary>The elements of a row in descending order, stably, and the anchors they are sorted onto.</summary>
internal ref struct AnchoredRow
{
    private Parts _parts;
    private Rented<int> _order;

    public AnchoredRow(ReadOnlySpan<double> w, double softness)
    {
        var n = w.Length;
        _parts = new Parts(n, 2);
        _order = Scratch.Rent<int>(n);
        Sorted = _parts.Next();
        Anchors = _parts.Next();
        SortedOrder.SortDescending(w, Sorted, _order.Span);
        var step = 1 / (Math.Max(n - 1, 1) * softness);
        for (var i = 0; i < n; i++) Anchors[i] = (n - 1 - i) * step;
    }

    /// <summary>Descending.</summary>
    public Span<double> Sorted { get; }

    /// <summary>Descending: (n - 1 - i) / ((n - 1) s).</summary>
    public Span<double> Anchors { get; }

    public readonly ReadOnlySpan<int> Order => _order.Span;

    public void Dispose()
    {
        _parts.Dispose();
        _order.Dispose();
    }
}

/// <summary>The elements of a row over the softness in descending order, stably, and the positions they are ranked by.</summary>
internal ref struct RankedRow
{
    private Parts _parts;
    private Rented<int> _order;

    public RankedRow(ReadOnlySpan<double> w, double softness, bool descending)
    {
        var n = w.Length;
        Scale = Math.Max(n - 1, 1);
        Factor = (descending ? -1 : 1) / softness;
        _parts = new Parts(n, 3);
        _order = Scratch.Rent<int>(n);
        var scaled = _parts.Next();
        Sorted = _parts.Next();
        Positions = _parts.Next();
        Lanewise.Map(w, scaled, new Scaled<double>(Factor));
        SortedOrder.SortDescending(scaled, Sorted, _order.Span);
        for (var i = 0; i < n; i++) Positions[i] = (n - i) / Scale;
    }

    /// <summary>n - 1, or 1 for one element.</summary>
    public double Scale { get; }

    /// <summary>What the elements were multiplied by.</summary>
    public double Factor { get; }

    public Span<double> Sorted { get; }

    /// <summary>Descending: (n - i) / scale.</summary>
    public Span<double> Positions { get; }

    public readonly ReadOnlySpan<int> Order => _order.Span;

    /// <summary>From the projection, in descending order, to ranks in the order of the caller.</summary>
    public readonly void ToRanks(Span<double> projected, Span<double> ranks)
    {
        Lanewise.Map(projected, projected, new Scaled<double>(Scale));
        SortedOrder.Scatter(projected, Order, ranks);
    }

    public void Dispose()
    {
        _parts.Dispose();
        _order.Dispose();
    }
}
