namespace SoftDiff;

/// <summary>
/// The rows of SoftSort: the logits are -|aᵣ - aⱼ| for the sorted elements a in units of the softness, where aᵣ is the anchor of the row. The
/// slope of |·| at 0 is 0, so elements equal to the anchor have no part in derivatives.
/// </summary>
internal ref struct DistanceLogits(ReadOnlySpan<double> keys, SimplexProjection projection) : IRowLogits
{
    private readonly ReadOnlySpan<double> _keys = keys;
    private int _last = -1, _start, _end;
    private double _radius;

    /// <summary>Tangents of the sorted elements as elements, and as anchors.</summary>
    public ReadOnlySpan<double> KeyTangents { get; init; }

    /// <inheritdoc cref="KeyTangents"/>
    public ReadOnlySpan<double> AnchorTangents { get; init; }

    /// <summary>The tangent of the softness divided by the softness.</summary>
    public double RelativeSoftnessTangent { get; init; }

    /// <summary>Cotangents of the sorted elements as elements, and as anchors.</summary>
    public Span<double> KeyCotangents { get; init; }

    /// <inheritdoc cref="KeyCotangents"/>
    public Span<double> AnchorCotangents { get; init; }

    /// <summary>The cotangent of the softness times the softness.</summary>
    public double SoftnessCotangent { get; private set; }

    public readonly int Length => _keys.Length;

    public Window Logits(int position, bool all, Span<double> row, out double radius, out int largest)
    {
        largest = position;
        // Moving the anchor by d changes all distances by d at most, and so the radius.
        var anchor = _keys[position];
        radius = _last < 0 ? 1 : Math.Min(1, _radius + Math.Abs(anchor - _keys[_last]));
        if (_last < 0) (_start, _end) = (position, position);
        _last = position;

        var window = new Window(0, Length);
        if (!all)
        {
            MoveTo(anchor, projection.IsSmooth ? projection.Reach(Length) : radius);
            window = new Window(_start, _end - _start);
        }

        Lanewise.Map(window.Of(_keys), row[..window.Length], new MinusDistance<double>(anchor));
        return window;
    }

    public void Solved(int position, double radius) => _radius = radius;

    public readonly void Tangents(int position, Window window, Span<double> tLogits)
    {
        var (lower, equal, upper) = Parts(position, window);
        var tAnchor = AnchorTangents[position];
        Lanewise.Map(lower.Of(KeyTangents), tLogits[..lower.Length], new Shifted<double>(tAnchor, 0));
        tLogits.Slice(lower.Length, equal.Length).Clear();
        Lanewise.Map(upper.Of(KeyTangents), tLogits[^upper.Length..], new Rest<double>(tAnchor));
        Lanewise.Map(window.Of(_keys), tLogits, tLogits, new PlusDistance<double>(_keys[position], RelativeSoftnessTangent));
    }

    public void Pullback(int position, Window window, ReadOnlySpan<double> cLogits)
    {
        var (lower, _, upper) = Parts(position, window);
        var cLower = cLogits[..lower.Length];
        var cUpper = cLogits[^upper.Length..];
        var lowerKeys = lower.Of(KeyCotangents);
        var upperKeys = upper.Of(KeyCotangents);
        Lanewise.Map(lowerKeys, cLower, lowerKeys, default(Plus<double>));
        Lanewise.Map(upperKeys, cUpper, upperKeys, default(Minus<double>));
        AnchorCotangents[position] +=
            Lanewise.Sum(cUpper, cUpper, default(First<double>)) - Lanewise.Sum(cLower, cLower, default(First<double>));
        SoftnessCotangent += Lanewise.Sum(window.Of(_keys), cLogits, new DistanceProduct<double>(_keys[position]));
    }

    /// <summary>The elements of the window below the anchor, equal to it, and above.</summary>
    private readonly (Window Lower, Window Equal, Window Upper) Parts(int position, Window window)
    {
        var start = SortedOrder.TieStart(_keys, position);
        var end = SortedOrder.TieEnd(_keys, position);
        return (new Window(window.Start, start - window.Start), new Window(start, end - start), new Window(end, window.End - end));
    }

    // Differences, since a large anchor would swallow the reach.
    private void MoveTo(double anchor, double reach)
    {
        while (_start < _keys.Length && anchor - _keys[_start] >= reach) _start++;
        while (_start > 0 && anchor - _keys[_start - 1] < reach) _start--;
        while (_end < _keys.Length && _keys[_end] - anchor < reach) _end++;
        while (_end > 0 && _keys[_end - 1] - anchor >= reach) _end--;
    }
}
