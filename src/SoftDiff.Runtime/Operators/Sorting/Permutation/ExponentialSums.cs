namespace SoftDiff;

/// <summary>
/// Sums weighted by exp(-|aᵢ - aⱼ|) for sorted a, for all i in linear time: the weights from aᵢ are those from aᵢ₋₁ times exp(aᵢ₋₁ - aᵢ) for
/// the elements below, and likewise for those above. All factors are at most 1 and nothing is subtracted, so the relative errors of sums of
/// positive numbers stay small.
/// </summary>
internal readonly ref struct ExponentialSums
{
    private readonly ReadOnlySpan<double> _keys;

    // exp(a[i - 1] - a[i]); the first is not used.
    private readonly ReadOnlySpan<double> _decay;

    /// <summary>Prepares sums over sorted elements.</summary>
    /// <param name="keys">The sorted elements.</param>
    /// <param name="memory">Memory for as many numbers.</param>
    public ExponentialSums(ReadOnlySpan<double> keys, Span<double> memory)
    {
        if (keys.Length > 1) Lanewise.Map(keys[..^1], keys[1..], memory[1..], default(Minus<double>));
        Lanewise.Map(memory, memory, default(Exp<double>));
        _keys = keys;
        _decay = memory;
    }

    /// <summary>
    /// total[i] = Σⱼ exp(-|aᵢ - aⱼ|) f[j], and signed[i] the same with the sign of aᵢ - aⱼ, which is 0 for equal elements.
    /// </summary>
    public void Sum(ReadOnlySpan<double> f, Span<double> total, Span<double> signed)
    {
        var n = f.Length;
        double below = 0, strictlyBelow = 0;
        for (var i = 0; i < n; i++)
        {
            if (i > 0) below = _decay[i] * (below + f[i - 1]);
            if (i > 0 && _keys[i] != _keys[i - 1]) strictlyBelow = below;
            total[i] = f[i] + below;
            signed[i] = strictlyBelow;
        }

        double above = 0, strictlyAbove = 0;
        for (var i = n - 2; i >= 0; i--)
        {
            above = _decay[i + 1] * (above + f[i + 1]);
            if (_keys[i] != _keys[i + 1]) strictlyAbove = above;
            total[i] += above;
            signed[i] -= strictlyAbove;
        }
    }

    /// <summary>moment[i] = Σⱼ |aᵢ - aⱼ| exp(-|aᵢ - aⱼ|) f[j].</summary>
    public void Moment(ReadOnlySpan<double> f, Span<double> moment)
    {
        var n = f.Length;
        double sum = 0, weighted = 0;
        moment[0] = 0;
        for (var i = 1; i < n; i++)
        {
            sum = _decay[i] * (sum + f[i - 1]);
            weighted = (_decay[i] * weighted) + ((_keys[i] - _keys[i - 1]) * sum);
            moment[i] = weighted;
        }

        (sum, weighted) = (0, 0);
        for (var i = n - 2; i >= 0; i--)
        {
            sum = _decay[i + 1] * (sum + f[i + 1]);
            weighted = (_decay[i + 1] * weighted) + ((_keys[i + 1] - _keys[i]) * sum);
            moment[i] += weighted;
        }
    }
}
