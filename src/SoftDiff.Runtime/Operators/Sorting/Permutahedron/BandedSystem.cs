namespace SoftDiff;

/// <summary>
/// The symmetric system -u / p + L v = r, L u + q v = t for p, q ≥ 0 and L = tridiag(-1, 2, -1), in O(n).
/// </summary>
/// <remarks>
/// Elimination from the first pair (u, v) to the last. What remains of a pair has the matrix [[-a, c], [c, e]] with a, e &gt; 0 and c ≥ 1:
/// a and e are sums of positive terms, so they keep all their digits however far p and q are apart, and L is never squared.
/// </remarks>
/// <param name="a">Memory for the pivots.</param>
/// <param name="c">More of it.</param>
/// <param name="e">More of it.</param>
internal readonly ref struct BandedSystem(Span<double> a, Span<double> c, Span<double> e)
{
    // Less than this counts as this, so that no product of pivots overflows.
    private const double Least = 1e-100;

    private readonly Span<double> _a = a;
    private readonly Span<double> _c = c;
    private readonly Span<double> _e = e;

    public void Factor(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        for (var k = 0; k < p.Length; k++)
        {
            (_a[k], _c[k], _e[k]) = (1 / Math.Max(p[k], Least), 2, Math.Max(q[k], Least));
            if (k == 0) continue;
            var determinant = Determinant(k - 1);
            _a[k] += _a[k - 1] / determinant;
            _c[k] -= _c[k - 1] / determinant;
            _e[k] += _e[k - 1] / determinant;
        }
    }

    /// <summary>u and v in place of r and t.</summary>
    public void Solve(Span<double> r, Span<double> t)
    {
        for (var k = 0; k + 1 < r.Length; k++)
        {
            var (u, v) = Pair(k, r[k], t[k]);
            r[k + 1] += v;
            t[k + 1] += u;
        }

        var (nextU, nextV) = (0.0, 0.0);
        for (var k = r.Length - 1; k >= 0; k--) (nextU, nextV) = (r[k], t[k]) = Pair(k, r[k] + nextV, t[k] + nextU);
    }

    private (double U, double V) Pair(int k, double r, double t)
    {
        var determinant = Determinant(k);
        return (((_c[k] * t) - (_e[k] * r)) / determinant, ((_c[k] * r) + (_a[k] * t)) / determinant);
    }

    private double Determinant(int k) => (_a[k] * _e[k]) + (_c[k] * _c[k]);
}
