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
    /// total[i] = Σⱼ exp(-|aᵢ - aⱼ|) f[j], and signed[i] the same with the sign of aᵢ - aⱼ, which is 0 for equal elements; for two f at once, since
    /// each sum waits for the one before.
    /// </summary>
    public void Sum(in SumPair f, in SumPair total, in SumPair signed)
    {
        var n = f.First.Length;
        var (below1, below2, strictlyBelow1, strictlyBelow2) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            if (i > 0)
            {
                below1 = _decay[i] * (below1 + f.First[i - 1]);
                below2 = _decay[i] * (below2 + f.Second[i - 1]);
                if (_keys[i] != _keys[i - 1]) (strictlyBelow1, strictlyBelow2) = (below1, below2);
            }

            (total.First[i], total.Second[i]) = (f.First[i] + below1, f.Second[i] + below2);
            (signed.First[i], signed.Second[i]) = (strictlyBelow1, strictlyBelow2);
        }

        var (above1, above2, strictlyAbove1, strictlyAbove2) = (0.0, 0.0, 0.0, 0.0);
        for (var i = n - 2; i >= 0; i--)
        {
            above1 = _decay[i + 1] * (above1 + f.First[i + 1]);
            above2 = _decay[i + 1] * (above2 + f.Second[i + 1]);
            if (_keys[i] != _keys[i + 1]) (strictlyAbove1, strictlyAbove2) = (above1, above2);
            total.First[i] += above1;
            total.Second[i] += above2;
            signed.First[i] -= strictlyAbove1;
            signed.Second[i] -= strictlyAbove2;
        }
    }

    /// <summary>moment[i] = Σⱼ |aᵢ - aⱼ| exp(-|aᵢ - aⱼ|) f[j], for two f at once.</summary>
    public void Moment(in SumPair f, in SumPair moment)
    {
        var n = f.First.Length;
        var (sum1, sum2, weighted1, weighted2) = (0.0, 0.0, 0.0, 0.0);
        (moment.First[0], moment.Second[0]) = (0, 0);
        for (var i = 1; i < n; i++)
        {
            var (decay, step) = (_decay[i], _keys[i] - _keys[i - 1]);
            sum1 = decay * (sum1 + f.First[i - 1]);
            sum2 = decay * (sum2 + f.Second[i - 1]);
            weighted1 = (decay * weighted1) + (step * sum1);
            weighted2 = (decay * weighted2) + (step * sum2);
            (moment.First[i], moment.Second[i]) = (weighted1, weighted2);
        }

        (sum1, sum2, weighted1, weighted2) = (0, 0, 0, 0);
        for (var i = n - 2; i >= 0; i--)
        {
            var (decay, step) = (_decay[i + 1], _keys[i + 1] - _keys[i]);
            sum1 = decay * (sum1 + f.First[i + 1]);
            sum2 = decay * (sum2 + f.Second[i + 1]);
            weighted1 = (decay * weighted1) + (step * sum1);
            weighted2 = (decay * weighted2) + (step * sum2);
            moment.First[i] += weighted1;
            moment.Second[i] += weighted2;
        }
    }
}

/// <summary>Two rows of numbers.</summary>
internal readonly ref struct SumPair(Span<double> first, Span<double> second)
{
    public Span<double> First { get; } = first;

    public Span<double> Second { get; } = second;
}
