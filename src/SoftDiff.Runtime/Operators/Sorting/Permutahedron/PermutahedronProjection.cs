namespace SoftDiff;

/// <summary>
/// The projection of z onto the permutahedron of w, both in descending order, by the pool-adjacent-violators algorithm: levels γ that do not increase, each
/// shared by a block of neighbours. O(n) in every mode.
/// </summary>
/// <remarks>Source: Best and Chakravarti, Mathematical Programming 47 (1990); Blondel et al., arXiv:2002.08871.</remarks>
/// <typeparam name="TPool">The mode.</typeparam>
/// <typeparam name="TAnchors">What z is given by.</typeparam>
internal ref struct PermutahedronProjection<TPool, TAnchors>
    where TPool : unmanaged, IPool<TPool>
    where TAnchors : struct, IAnchors, allows ref struct
{
    private readonly TAnchors _anchors;
    private readonly ReadOnlySpan<double> _w;
    private readonly int _count;
    private readonly Span<double> _levels;
    private readonly Span<double> _z;
    private readonly Span<double> _slope;
    private readonly Span<double> _byZ;
    private readonly Span<double> _byW;
    private Rented<int> _starts;
    private Parts _parts;

    public PermutahedronProjection(TAnchors anchors, ReadOnlySpan<double> w)
    {
        var n = w.Length;
        _anchors = anchors;
        _w = w;
        _starts = Scratch.Rent<int>(n + 1);

        // All but the levels are for one block at a time: memory is touched as far as the longest block.
        _parts = new Parts(n, 5);
        _levels = _parts.Next();
        _z = _parts.Next();
        _slope = _parts.Next();
        _byZ = _parts.Next();
        _byW = _parts.Next();
        using (var pools = Scratch.Rent<TPool>(n)) _count = Pool(pools.Span);
        _starts.Span[_count] = n;
        for (var b = 0; b < _count; b++)
        {
            var (from, length) = Block(b);
            if (length > 1) _levels[b] = TPool.Refine(_levels[b], Elements(from, length), _w.Slice(from, length), _slope[..length]);
        }
    }

    /// <summary>The projection.</summary>
    public readonly void Value(Span<double> y)
    {
        for (var b = 0; b < _count; b++)
        {
            var (from, length) = Block(b);
            if (length == 1)
            {
                y[from] = _w[from];
                continue;
            }

            var level = _levels[b];
            for (var i = from; i < from + length; i++) y[i] = TPool.Project(-_anchors.Drop(from, i) - level);
        }
    }

    /// <summary>
    /// The cotangents of z and of w, each unless its span is empty. Returns the cotangent of ln c for c z in place of z.
    /// </summary>
    public readonly double Vjp(ReadOnlySpan<double> cY, Span<double> dZ, Span<double> dW)
    {
        var dScale = 0.0;
        for (var b = 0; b < _count; b++)
        {
            var (from, length) = Block(b);
            if (length == 1)
            {
                if (!dZ.IsEmpty) dZ[from] = 0;
                if (!dW.IsEmpty) dW[from] = TPool.SingleSlope(_w[from]) * cY[from];
                continue;
            }

            var z = Partials(b, from, length);
            var c = cY.Slice(from, length);
            var slope = _slope[..c.Length];
            var byZ = _byZ[..c.Length];
            var total = 0.0;
            for (var i = 0; i < c.Length; i++) total += slope[i] * c[i];
            for (var i = 0; i < c.Length; i++)
            {
                var dElement = (slope[i] * c[i]) - (byZ[i] * total);
                dScale += dElement * z[i];
                if (!dZ.IsEmpty) dZ[from + i] = dElement;
            }

            if (dW.IsEmpty) continue;
            for (var i = 0; i < c.Length; i++) dW[from + i] = _byW[i] * total;
        }

        return dScale;
    }

    /// <summary>The tangent of the projection, for those of z and of w, each 0 if its span is empty, and of ln c for c z in place of z.</summary>
    public readonly void Jvp(ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, double tScale, Span<double> tY)
    {
        for (var b = 0; b < _count; b++)
        {
            var (from, length) = Block(b);
            if (length == 1)
            {
                tY[from] = tW.IsEmpty ? 0 : TPool.SingleSlope(_w[from]) * tW[from];
                continue;
            }

            var z = Partials(b, from, length);
            var t = tY.Slice(from, length);

            // What all tangents of z have in common does nothing; taken out first, it costs no digits either.
            var tLevel = 0.0;
            for (var i = 0; i < t.Length; i++)
            {
                t[i] = (tZ.IsEmpty ? 0 : tZ[from + i] - tZ[from]) + (tScale * z[i]);
                tLevel += (_byZ[i] * t[i]) - (tW.IsEmpty ? 0 : _byW[i] * tW[from + i]);
            }

            for (var i = 0; i < t.Length; i++) t[i] = _slope[i] * (t[i] - tLevel);
        }
    }

    public void Dispose()
    {
        _starts.Dispose();
        _parts.Dispose();
    }

    private readonly (int From, int Length) Block(int block)
    {
        var from = _starts.Span[block];
        return (from, _starts.Span[block + 1] - from);
    }

    private readonly ReadOnlySpan<double> Elements(int from, int length)
    {
        var z = _z[..length];
        for (var i = 0; i < z.Length; i++) z[i] = -_anchors.Drop(from, from + i);
        return z;
    }

    private readonly ReadOnlySpan<double> Partials(int block, int from, int length)
    {
        var z = Elements(from, length);
        TPool.Partials(_levels[block], z, _w.Slice(from, length), _slope[..length], _byZ[..length], _byW[..length]);
        return z;
    }

    private readonly int Pool(Span<TPool> pools)
    {
        var starts = _starts.Span;
        var count = 0;
        for (var i = 0; i < _w.Length;)
        {
            // Neighbours that violate the order merge whatever follows, so the level is not needed before the run of them ends.
            var (start, pool) = (i, TPool.Of(_w[i]));
            var level = pool.Level(_anchors.Step);
            var last = level;
            for (i++; i < _w.Length; i++)
            {
                var next = TPool.Of(_w[i]);
                var nextLevel = next.Level(_anchors.Step);
                if (!(_anchors.Drop(i - 1, i) + last < nextLevel)) break;
                pool = pool.With(next, _anchors.Drop(start, i));
                last = nextLevel;
            }

            if (i > start + 1) level = pool.Level(_anchors.Step);
            while (count > 0)
            {
                var drop = _anchors.Drop(starts[count - 1], start);
                if (!(drop + _levels[count - 1] < level)) break;
                count--;
                pool = pools[count].With(pool, drop);
                level = pool.Level(_anchors.Step);
                start = starts[count];
            }

            (starts[count], _levels[count], pools[count]) = (start, level, pool);
            count++;
        }

        return count;
    }
}
