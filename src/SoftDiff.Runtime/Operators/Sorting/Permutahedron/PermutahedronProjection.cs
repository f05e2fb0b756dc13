namespace SoftDiff;

/// <summary>
/// The projection of z onto the permutahedron of w, both in descending order, by the pool-adjacent-violators algorithm: levels γ that do not increase, each shared
/// by a block of neighbours. O(n), but for the mode C1, where each of at most n merges bisects its block: O(n log n).
/// </summary>
/// <remarks>Source: Best and Chakravarti, Mathematical Programming 47 (1990); Blondel et al., arXiv:2002.08871.</remarks>
/// <typeparam name="TBlock">The kind of block, which is the mode.</typeparam>
internal ref struct PermutahedronProjection<TBlock>
    where TBlock : unmanaged, IBlock<TBlock>
{
    private readonly ReadOnlySpan<double> _z;
    private readonly ReadOnlySpan<double> _w;
    private readonly int _count;
    private Rented<int> _starts;
    private Rented<double> _levels;

    public PermutahedronProjection(ReadOnlySpan<double> z, ReadOnlySpan<double> w)
    {
        var n = z.Length;
        _z = z;
        _w = w;
        _starts = Scratch.Rent<int>(n + 1);
        _levels = Scratch.Rent<double>(n);
        using var blocks = Scratch.Rent<TBlock>(n);
        using var sums = Scratch.Rent<DoubleDouble>(typeof(TBlock) == typeof(QuadraticBlock) ? RangeMoments.MemoryFor(n) : 0);
        var row = new BlockRow(z, sums.Span.IsEmpty ? default : new RangeMoments(z, sums.Span));
        _count = Pool(row, w, blocks.Span, _starts.Span, _levels.Span);
        _starts.Span[_count] = n;
        for (var b = 0; b < _count; b++)
        {
            var (from, to) = (_starts.Span[b], _starts.Span[b + 1]);
            _levels.Span[b] = TBlock.Refine(_levels.Span[b], z[from..to], w[from..to]);
        }
    }

    /// <summary>The projection, in the descending order of z.</summary>
    public readonly void Value(Span<double> y)
    {
        for (var b = 0; b < _count; b++)
        {
            for (var i = _starts.Span[b]; i < _starts.Span[b + 1]; i++) y[i] = TBlock.Project(_z[i] - _levels.Span[b]);
        }
    }

    /// <summary>From the cotangents of the projection those of z and of w. <paramref name="cY"/> is overwritten.</summary>
    public readonly void Vjp(Span<double> cY, Span<double> dZ, Span<double> dW)
    {
        using var parts = new Parts(_z.Length, 1);
        var slope = parts.Next();
        for (var b = 0; b < _count; b++)
        {
            var (from, to) = (_starts.Span[b], _starts.Span[b + 1]);
            TBlock.Pullback(_levels.Span[b], _z[from..to], _w[from..to], cY[from..to], dZ[from..to], dW[from..to], slope[from..to]);
        }
    }

    /// <summary>From the tangents of z and of w that of the projection.</summary>
    public readonly void Jvp(ReadOnlySpan<double> tZ, ReadOnlySpan<double> tW, Span<double> tY)
    {
        using var parts = new Parts(_z.Length, 3);
        var byZ = parts.Next();
        var byW = parts.Next();
        var slope = parts.Next();
        for (var b = 0; b < _count; b++)
        {
            var (from, to) = (_starts.Span[b], _starts.Span[b + 1]);
            Partials(b, byZ, byW, slope);
            // Differences of tangents of z first: in a block of one element they cancel, and should without rounding.
            var (first, tLevel, tSum) = (tZ[from], 0.0, 0.0);
            for (var i = from; i < to; i++)
            {
                tLevel += byZ[i] * (tZ[i] - first);
                tSum += byW[i] * tW[i];
            }

            for (var i = from; i < to; i++) tY[i] = slope[i] * (tZ[i] - first - tLevel + tSum);
        }
    }

    public void Dispose()
    {
        _starts.Dispose();
        _levels.Dispose();
    }

    private static int Pool(in BlockRow row, ReadOnlySpan<double> w, Span<TBlock> blocks, Span<int> starts, Span<double> levels)
    {
        var count = 0;
        for (var i = 0; i < w.Length; i++)
        {
            blocks[count] = TBlock.Of(row.Z[i], w[i], i);
            starts[count] = i;
            levels[count] = blocks[count].Level(row);
            for (; count > 0 && levels[count - 1] < levels[count]; count--)
            {
                blocks[count - 1] = blocks[count - 1].With(blocks[count]);
                levels[count - 1] = blocks[count - 1].Level(row);
            }

            count++;
        }

        return count;
    }

    private readonly void Partials(int block, Span<double> byZ, Span<double> byW, Span<double> slope)
    {
        var (from, to) = (_starts.Span[block], _starts.Span[block + 1]);
        TBlock.Partials(_levels.Span[block], _z[from..to], _w[from..to], byZ[from..to], byW[from..to], slope[from..to]);
    }
}
