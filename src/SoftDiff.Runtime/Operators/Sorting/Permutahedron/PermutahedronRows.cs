namespace SoftDiff;

/// <summary>The elements of a row in descending order, stably.</summary>
internal ref struct DescendingRow
{
    private Rented<double> _sorted;
    private Rented<int> _order;

    public DescendingRow(ReadOnlySpan<double> w)
    {
        _sorted = Scratch.Rent<double>(w.Length);
        _order = Scratch.Rent<int>(w.Length);
        using var negated = Scratch.Rent<double>(w.Length);
        Lanewise.Map(w, negated.Span, new Scaled<double>(-1));
        SortedOrder.Sort(negated.Span, Sorted, _order.Span);
        Lanewise.Map(Sorted, Sorted, new Scaled<double>(-1));
    }

    public readonly Span<double> Sorted => _sorted.Span;

    public readonly ReadOnlySpan<int> Order => _order.Span;

    public void Dispose()
    {
        _sorted.Dispose();
        _order.Dispose();
    }
}

/// <summary>The elements of a row in the order in which their ranks descend, stably, and the positions they are ranked by.</summary>
internal ref struct RankedRow
{
    private readonly double _softness;
    private readonly Span<double> _keys;
    private Parts _parts;
    private Rented<int> _order;

    public RankedRow(ReadOnlySpan<double> w, double softness, bool descending)
    {
        var n = w.Length;
        _softness = softness;
        Sign = descending ? -1 : 1;
        Scale = Math.Max(n - 1, 1);
        _parts = new Parts(n, 3);
        _order = Scratch.Rent<int>(n);
        _keys = _parts.Next();
        Positions = _parts.Next();
        var unsorted = _parts.Next();
        Lanewise.Map(w, unsorted, new Scaled<double>(-Sign));
        SortedOrder.Sort(unsorted, _keys, _order.Span);
        for (var i = 0; i < n; i++) Positions[i] = (n - i) / Scale;
    }

    /// <summary>n - 1, or 1 for one element.</summary>
    public double Scale { get; }

    /// <summary>Of the elements in z: -1 where large ones have low ranks.</summary>
    public double Sign { get; }

    public readonly KeyAnchors Anchors => new(_keys, _softness);

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
