namespace SoftDiff;

/// <remarks>Ranks are n - 1 times the projection of ±w / softness onto the permutahedron of (1 … n) / (n - 1).</remarks>
internal readonly partial struct SmoothSort
{
    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        using var order = Scratch.Rent<int>(w.Length);
        using var parts = new Parts(w.Length, 3);
        using var projection = new SmoothProjection(
            RankElements(parts.Next()), Temperature, SortedSteps(w, descending, order.Span, parts.Next()));
        Ranks(projection, order.Span, parts.Next(), y);
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW)
    {
        using var order = Scratch.Rent<int>(w.Length);
        using var parts = new Parts(w.Length, 5);
        var steps = SortedSteps(w, descending, order.Span, parts.Next());
        using var projection = new SmoothProjection(RankElements(parts.Next()), Temperature, steps);
        var cotangent = parts.Next();
        SortedOrder.Gather(cY, order.Span, cotangent);
        Lanewise.Map(cotangent, cotangent, new Scaled<double>(Scale(w.Length)));
        var dSteps = parts.Next()[1..];
        var dTemperature = projection.Vjp(cotangent, dSteps, TemperatureSlope > 0);
        if (!y.IsEmpty) Ranks(projection, order.Span, parts.Next(), y);

        // A step is the difference of two neighbours, divided by the softness, up to the sign.
        var unit = Sign(descending) / softness;
        for (var i = 0; i < dW.Length; i++)
        {
            var after = i < dSteps.Length ? dSteps[i] : 0;
            var before = i > 0 ? dSteps[i - 1] : 0;
            dW[order.Span[i]] = unit * (after - before);
        }

        return (TemperatureSlope * dTemperature) - (Lanewise.Sum(dSteps, steps, default(Product<double>)) / softness);
    }

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var order = Scratch.Rent<int>(w.Length);
        using var parts = new Parts(w.Length, 5);
        var steps = SortedSteps(w, descending, order.Span, parts.Next());
        using var projection = new SmoothProjection(RankElements(parts.Next()), Temperature, steps);
        var tSteps = parts.Next()[1..];
        var unit = Sign(descending) / softness;
        for (var i = 0; i < tSteps.Length; i++)
        {
            tSteps[i] = (unit * (tW[order.Span[i]] - tW[order.Span[i + 1]])) - (steps[i] * (tSoftness / softness));
        }

        var tangent = parts.Next();
        projection.Jvp(default, TemperatureSlope * tSoftness, tSteps, tangent);
        Lanewise.Map(tangent, tangent, new Scaled<double>(Scale(w.Length)));
        Ranks(projection, order.Span, parts.Next(), y);
        SortedOrder.Scatter(tangent, order.Span, tY);
    }

    private static double Sign(bool descending) => descending ? -1 : 1;

    private static double Scale(int n) => Math.Max(n - 1, 1);

    /// <summary>(1 … n) / (n - 1), descending, without their mean.</summary>
    private static ReadOnlySpan<double> RankElements(Span<double> memory)
    {
        var n = memory.Length;
        for (var i = 0; i < n; i++) memory[i] = (((n - 1) / 2.0) - i) / Scale(n);
        return memory;
    }

    /// <summary>The differences of neighbours of ±w / softness in descending order.</summary>
    private ReadOnlySpan<double> SortedSteps(ReadOnlySpan<double> w, bool descending, Span<int> order, Span<double> memory)
    {
        var key = -Sign(descending);
        using var keys = Scratch.Rent<double>(w.Length);
        Lanewise.Map(w, keys.Span, new Scaled<double>(key));
        SortedOrder.Sort(keys.Span, memory, order);
        for (var i = 0; i + 1 < memory.Length; i++) memory[i] = (memory[i + 1] - memory[i]) / softness;
        return memory[..^1];
    }

    private static void Ranks(in SmoothProjection projection, ReadOnlySpan<int> order, Span<double> sorted, Span<double> y)
    {
        var n = sorted.Length;
        projection.Values(sorted);
        for (var i = 0; i < n; i++) y[order[i]] = (Scale(n) * sorted[i]) + ((n + 1) / 2.0);
    }
}
