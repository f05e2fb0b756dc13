using System.Numerics;

namespace SoftDiff;

/// <summary>
/// The soft comparator of a sorting network. With u = (lower - upper) / s it exchanges the share κ = σ(u) of its two wires:
/// lower ← (1 - κ) lower + κ upper and upper ← κ lower + (1 - κ) upper.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness s.</param>
/// <param name="mode">The shape of σ.</param>
internal readonly struct Comparator<T>(T softness, SoftMode mode)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Whether σ' jumps where a pair leaves the softened region. There each wire has the derivative that its own formula has at this side, so that the
    /// derivatives of the two shares differ.
    /// </summary>
    public bool HasKinks => mode == SoftMode.C0;

    /// <summary>u for every pair of wires.</summary>
    public void Differences(NetworkStage stage, ReadOnlySpan<T> x, Span<T> u)
    {
        for (var p = 0; p < u.Length; p++)
        {
            var (lower, upper) = stage.Pair(p);
            u[p] = (x[lower] - x[upper]) / softness;
        }
    }

    /// <summary>σ(u).</summary>
    public void Shares(ReadOnlySpan<T> u, Span<T> shares)
    {
        if (mode == SoftMode.Smooth)
        {
            Lanewise.Map(u, shares, default(LogisticOperator<T>));
            return;
        }

        for (var p = 0; p < u.Length; p++) shares[p] = Polynomial(u[p]);
    }

    /// <summary>The derivative of the share of the lower wire, σ'(u), and of the upper one, -σ(-u)' = σ'(-u).</summary>
    public void Slopes(ReadOnlySpan<T> u, Span<T> lower, Span<T> upper)
    {
        if (mode == SoftMode.Smooth)
        {
            upper.Fill(T.One);
            Lanewise.Map(u, upper, lower, default(LogisticDerivative<T>));
            lower.CopyTo(upper);
            return;
        }

        for (var p = 0; p < u.Length; p++) (lower[p], upper[p]) = (PolynomialSlope(u[p]), PolynomialSlope(-u[p]));
    }

    private T Polynomial(T u)
    {
        var v = T.Clamp(u / T.CreateTruncating(5), -T.One, T.One);
        var w = T.One + v;
        return mode switch
        {
            SoftMode.C0 => w / T.CreateTruncating(2),
            SoftMode.C1 => w * w * (T.One + T.One - v) / T.CreateTruncating(4),
            _ => w * w * w * (T.CreateTruncating(8) - (T.CreateTruncating(9) * v) + (T.CreateTruncating(3) * v * v)) / T.CreateTruncating(16),
        };
    }

    private T PolynomialSlope(T u)
    {
        var v = u / T.CreateTruncating(5);
        if (v < -T.One || v >= T.One) return T.Zero;
        var w = T.One - (v * v);
        return mode switch
        {
            SoftMode.C0 => T.CreateTruncating(0.1),
            SoftMode.C1 => T.CreateTruncating(0.15) * w,
            _ => T.CreateTruncating(0.1875) * w * w,
        };
    }
}
