namespace SoftDiff;

/// <summary>
/// Solves L x = r for the Laplacian L of a weighted graph: L = diag(A 1) - A with weights A ≥ 0. Each step of the elimination removes a
/// node and connects its neighbours with each other; nothing is subtracted, so that every weight, however small, keeps its digits
/// (Grassmann, Taksar and Heyman, 1985). Links of a node to the ground add to its diagonal. x is 0 at one node of each part of the graph
/// that has no link to the ground, where r must sum to 0.
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
            var row = Links(k);
            var toGround = _pivots[k];
            var pivot = toGround + Lanewise.Sum(row, row, default(First<double>));
            _pivots[k] = pivot;
            if (!(pivot > 0)) continue;

            var later = k + 1 < m ? _weights[((k + 1) * (m + 1))..] : default;
            var elimination = new Elimination(row, pivot, toGround, later, m, _pivots[(k + 1)..]);
            VectorKernel.Run(ref elimination);
        }
    }

    /// <summary>In place. The answer is linear in <paramref name="r"/>.</summary>
    public void Solve(Span<double> r)
    {
        for (var k = 0; k < r.Length; k++) Forward(k, r);
        Back(r);
    }

    /// <summary>
    /// In place, where what is left of <paramref name="r"/> after cancellation counts as 0 if it may be rounding error: parts of the graph
    /// that are hardly linked are not moved against each other for nothing.
    /// </summary>
    /// <param name="r">The right side.</param>
    /// <param name="sizes">The size of the terms that each element of <paramref name="r"/> was added up from; overwritten.</param>
    public void SolveWithoutNoise(Span<double> r, Span<double> sizes)
    {
        const double Rounding = 1e-15;
        for (var k = 0; k < r.Length; k++)
        {
            if (Math.Abs(r[k]) < Rounding * sizes[k]) r[k] = 0;
            Forward(k, r);
            Forward(k, sizes);
        }

        Back(r);
    }

    private void Forward(int k, Span<double> r)
    {
        if (!(_pivots[k] > 0)) return;
        var rest = r[(k + 1)..];
        Lanewise.Map(rest, Links(k), rest, new PlusScaled<double>(r[k] / _pivots[k]));
    }

    private void Back(Span<double> r)
    {
        for (var k = r.Length - 1; k >= 0; k--)
        {
            r[k] = _pivots[k] > 0 ? (r[k] + Lanewise.Sum(Links(k), r[(k + 1)..], default(Product<double>))) / _pivots[k] : 0;
        }
    }

    /// <summary>The weights between a node and those after it.</summary>
    private Span<double> Links(int k) => _weights.Slice((k * _pivots.Length) + k + 1, _pivots.Length - k - 1);
}
