namespace SoftDiff;

/// <summary>
/// Smooth upper bounds of the sums of k elements: bₖ = τ ln eₖ(exp(w / τ)) for k = 1 … n - 1, with the elementary symmetric polynomials
/// eₖ. As τ → 0 they become the sums of the k largest elements.
/// </summary>
/// <remarks>
/// Eₖ = ln eₖ by the recurrence Eₖ ← ln(exp Eₖ + exp(wⱼ / τ + Eₖ₋₁)), one element after the other. To run it backwards its rows are kept, all of
/// them for a short w; else one in √n, and those between are computed again.
/// </remarks>
internal ref struct SmoothBounds
{
    private const int LongestKept = 512;

    private readonly double _temperature;
    private readonly int _n;
    private readonly int _segment;
    private readonly bool _traces;
    private Rented<double> _scaled;
    private Rented<double> _rows;
    private Rented<double> _starts;

    /// <param name="w">The elements; best if their mean is 0, because the bounds are large otherwise.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="traces">Whether <see cref="Vjp"/> is wanted.</param>
    public SmoothBounds(ReadOnlySpan<double> w, double temperature, bool traces)
    {
        (_n, _temperature, _traces) = (w.Length, temperature, traces);
        _segment = !traces ? 1 : _n <= LongestKept ? _n : (int)Math.Ceiling(Math.Sqrt(_n));
        _scaled = Scratch.Rent<double>(_n);
        _rows = Scratch.Rent<double>((_segment + 1L) * _n);
        _starts = Scratch.Rent<double>(traces ? (long)Segments * _n : 0);
        for (var j = 0; j < _n; j++) _scaled.Span[j] = w[j] / temperature;
    }

    private readonly int Segments => (_n + _segment - 1) / _segment;

    /// <summary>b[k - 1] = bₖ.</summary>
    public readonly void Value(Span<double> b)
    {
        Row(0).Clear();
        for (var segment = 0; segment < Segments; segment++)
        {
            if (segment > 0) Row(_segment).CopyTo(Row(0));
            if (_traces) Row(0).CopyTo(Start(segment));
            Run(segment);
        }

        var last = Row(_n - ((Segments - 1) * _segment));
        for (var k = 1; k < _n; k++) b[k - 1] = _temperature * last[k];
    }

    /// <summary>The bounds and their tangents. No <paramref name="tW"/> means that w is constant.</summary>
    public readonly void Tangents(ReadOnlySpan<double> tW, double tTemperature, Span<double> b, Span<double> tB)
    {
        using var parts = new Parts(_n, 2);
        var tangent = parts.NextCleared();
        var shares = parts.Next();
        var u = _scaled.Span;
        var previous = Row(0);
        var next = Row(1);
        previous.Clear();
        for (var j = 0; j < _n; j++)
        {
            var tU = ((tW.IsEmpty ? 0 : tW[j]) - (u[j] * tTemperature)) / _temperature;
            Step(previous, next, j);
            var count = Shares(previous, next, j, shares);
            if (j + 1 < _n) tangent[j + 1] = tU + tangent[j];
            for (var k = count; k > 0; k--) tangent[k] += shares[k] * (tU + tangent[k - 1] - tangent[k]);
            next.CopyTo(previous);
        }

        for (var k = 1; k < _n; k++)
        {
            b[k - 1] = _temperature * previous[k];
            tB[k - 1] = (tTemperature * previous[k]) + (_temperature * tangent[k]);
        }
    }

    /// <summary>After <see cref="Value"/>, once. Overwrites <paramref name="dW"/>, and returns the cotangent of the temperature.</summary>
    public readonly double Vjp(ReadOnlySpan<double> b, ReadOnlySpan<double> cB, Span<double> dW)
    {
        using var parts = new Parts(_n, 2);
        var cotangent = parts.Next();
        var shares = parts.Next();
        cotangent[0] = 0;
        cB.CopyTo(cotangent[1..]);
        for (var segment = Segments - 1; segment >= 0; segment--)
        {
            if (segment < Segments - 1)
            {
                Start(segment).CopyTo(Row(0));
                Run(segment);
            }

            var first = segment * _segment;
            for (var j = Math.Min(first + _segment, _n) - 1; j >= first; j--)
            {
                var count = Shares(Row(j - first), Row(j - first + 1), j, shares);
                var moved = shares[1..(count + 1)];
                Lanewise.Map(moved, cotangent[1..(count + 1)], moved, default(Product<double>));
                dW[j] = Lanewise.Sum(moved, moved, default(First<double>));
                Lanewise.Map(cotangent[..count], moved, cotangent[..count], default(Plus<double>));
                Lanewise.Map(cotangent[1..(count + 1)], moved, cotangent[1..(count + 1)], default(Minus<double>));
                if (j + 1 >= _n) continue;
                dW[j] += cotangent[j + 1];
                cotangent[j] += cotangent[j + 1];
                cotangent[j + 1] = 0;
            }
        }

        var dTemperature = Lanewise.Sum(cB, b, default(Product<double>)) / _temperature;
        return dTemperature - Lanewise.Sum(dW, _scaled.Span, default(Product<double>));
    }

    public void Dispose()
    {
        _scaled.Dispose();
        _rows.Dispose();
        _starts.Dispose();
    }

    private readonly Span<double> Row(int j) => _rows.Span.Slice(j * _n, _n);

    private readonly Span<double> Start(int segment) => _starts.Span.Slice(segment * _n, _n);

    private readonly void Run(int segment)
    {
        var first = segment * _segment;
        for (var j = first; j < Math.Min(first + _segment, _n); j++) Step(Row(j - first), Row(j - first + 1), j);
    }

    /// <summary>Adds the element <paramref name="j"/> to those before it.</summary>
    private readonly void Step(ReadOnlySpan<double> previous, Span<double> next, int j)
    {
        var count = Math.Min(j, _n - 1);
        var u = _scaled.Span[j];
        next[0] = 0;
        Lanewise.Map(previous[1..(count + 1)], previous[..count], next[1..(count + 1)], new LogSumWith(u));
        if (j + 1 < _n) next[j + 1] = u + previous[j];
    }

    /// <summary>shares[k] for 1 ≤ k ≤ the result: which part of eₖ has the element <paramref name="j"/>. All of it has for k = j + 1.</summary>
    private readonly int Shares(ReadOnlySpan<double> previous, ReadOnlySpan<double> next, int j, Span<double> shares)
    {
        var count = Math.Min(j, _n - 1);
        Lanewise.Map(previous[..count], next[1..(count + 1)], shares[1..(count + 1)], new ExpDifference(_scaled.Span[j]));
        return count;
    }
}
