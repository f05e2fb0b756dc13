namespace SoftDiff;

/// <summary>
/// Solves L x = r for the Laplacian L of a weighted graph: L = diag(A 1) - A with weights A ≥ 0. Each step of the elimination removes a node and
/// connects its neighbours with each other; nothing is subtracted, so that every weight, however small, keeps its digits (Grassmann, Taksar
/// and Heyman, 1985). Links of a node to the ground add to its diagonal. x is 0 at one node of each part of the graph that has no link to
/// the ground, where r must sum to 0.
/// </summary>
/// <param name="weights">The weights, m × m row-major, of which only those above the diagonal are used; overwritten.</param>
/// <param name="ground">The links to the ground; overwritten by the pivots.</param>
internal readonly ref struct GroundedLaplacian(Span<double> weights, Span<double> ground)
{
    private readonly Span<double> _weights = weights;
    private readonly Span<double> _pivots = ground;

    public void Factor()
    {
        var m = _pivots.Length;
        for (var k = 0; k < m; k++)
        {
            var row = _weights.Slice((k * m) + k + 1, m - k - 1);
            var toGround = _pivots[k];
            var pivot = toGround + Lanewise.Sum(row, row, default(First<double>));
            _pivots[k] = pivot;
            if (!(pivot > 0)) continue;

            for (var i = k + 1; i < m; i++)
            {
                var share = row[i - k - 1] / pivot;
                if (share == 0) continue;
                var target = _weights.Slice((i * m) + i + 1, m - i - 1);
                Lanewise.Map(row[(i - k)..], target, target, new Mixture<double>(share, 1));
                _pivots[i] += share * toGround;
            }
        }
    }

    /// <summary>In place.</summary>
    public void Solve(Span<double> r)
    {
        var m = r.Length;
        for (var k = 0; k < m; k++)
        {
            if (!(_pivots[k] > 0)) continue;
            var row = _weights.Slice((k * m) + k + 1, m - k - 1);
            var below = r[(k + 1)..];
            Lanewise.Map(row, below, below, new Mixture<double>(r[k] / _pivots[k], 1));
        }

        for (var k = m - 1; k >= 0; k--)
        {
            var row = _weights.Slice((k * m) + k + 1, m - k - 1);
            r[k] = _pivots[k] > 0 ? (r[k] + Lanewise.Sum(row, r[(k + 1)..], default(Product<double>))) / _pivots[k] : 0;
        }
    }
}
