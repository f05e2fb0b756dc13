namespace SoftDiff;

/// <summary>
/// Computes sums weighted by exp(-|aᵢ - aⱼ|) for sorted a, for all i in linear time. For the elements below, the weights of aᵢ are those of
/// aᵢ₋₁ times exp(aᵢ₋₁ - aᵢ); likewise for the elements above. All factors are at most 1 and nothing is subtracted, so the relative errors
/// of sums of positive numbers stay small.
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
        Lanewise.Map(memory, memory, default(ExpOfNegative<double>));
        _keys = keys;
        _decay = memory;
    }

    /// <summary>
    /// total[i] = Σⱼ exp(-|aᵢ - aⱼ|) f[j], and signed[i] the same with the sign of aᵢ - aⱼ, which is 0 for equal elements; for two f at once, since
    /// each sum waits for the one before.
    /// </summary>
    public void Sum(SumPair f, SumPair total, SumPair signed)
    {
        // Locals, since the JIT reads what is behind a reference again and again.
        var n = f.First.Length;
        var decay = _decay[..n];
        var keys = _keys[..n];
        var f1 = f.First[..n];
        var f2 = f.Second[..n];
        var total1 = total.First[..n];
        var total2 = total.Second[..n];
        var signed1 = signed.First[..n];
        var signed2 = signed.Second[..n];
        var (below1, below2, strictlyBelow1, strictlyBelow2) = (0.0, 0.0, 0.0, 0.0);
        (total1[0], total2[0], signed1[0], signed2[0]) = (f1[0], f2[0], 0, 0);
        for (var i = 1; i < n; i++)
        {
            below1 = decay[i] * (below1 + f1[i - 1]);
            below2 = decay[i] * (below2 + f2[i - 1]);
            if (keys[i] != keys[i - 1]) (strictlyBelow1, strictlyBelow2) = (below1, below2);
            total1[i] = f1[i] + below1;
            total2[i] = f2[i] + below2;
            signed1[i] = strictlyBelow1;
            signed2[i] = strictlyBelow2;
        }

        var (above1, above2, strictlyAbove1, strictlyAbove2) = (0.0, 0.0, 0.0, 0.0);
        for (var i = n - 2; i >= 0; i--)
        {
            above1 = decay[i + 1] * (above1 + f1[i + 1]);
            above2 = decay[i + 1] * (above2 + f2[i + 1]);
            if (keys[i] != keys[i + 1]) (strictlyAbove1, strictlyAbove2) = (above1, above2);
            total1[i] += above1;
            total2[i] += above2;
            signed1[i] -= strictlyAbove1;
            signed2[i] -= strictlyAbove2;
        }
    }

    /// <summary>moment[i] = Σⱼ |aᵢ - aⱼ| exp(-|aᵢ - aⱼ|) f[j], for two f at once.</summary>
    public void Moment(SumPair f, SumPair moment)
    {
        var n = f.First.Length;
        var decay = _decay[..n];
        var keys = _keys[..n];
        var f1 = f.First[..n];
        var f2 = f.Second[..n];
        var moment1 = moment.First[..n];
        var moment2 = moment.Second[..n];
        var (sum1, sum2, weighted1, weighted2) = (0.0, 0.0, 0.0, 0.0);
        (moment1[0], moment2[0]) = (0, 0);
        for (var i = 1; i < n; i++)
        {
            var (factor, step) = (decay[i], keys[i] - keys[i - 1]);
            sum1 = factor * (sum1 + f1[i - 1]);
            sum2 = factor * (sum2 + f2[i - 1]);
            weighted1 = (factor * weighted1) + (step * sum1);
            weighted2 = (factor * weighted2) + (step * sum2);
            moment1[i] = weighted1;
            moment2[i] = weighted2;
        }

        (sum1, sum2, weighted1, weighted2) = (0, 0, 0, 0);
        for (var i = n - 2; i >= 0; i--)
        {
            var (factor, step) = (decay[i + 1], keys[i + 1] - keys[i]);
            sum1 = factor * (sum1 + f1[i + 1]);
            sum2 = factor * (sum2 + f2[i + 1]);
            weighted1 = (factor * weighted1) + (step * sum1);
            weighted2 = (factor * weighted2) + (step * sum2);
            moment1[i] += weighted1;
            moment2[i] += weighted2;
        }
    }
}

/// <summary>Two rows of numbers.</summary>
internal readonly ref struct SumPair(Span<double> first, Span<double> second)
{
    public Span<double> First { get; } = first;

    public Span<double> Second { get; } = second;
}
