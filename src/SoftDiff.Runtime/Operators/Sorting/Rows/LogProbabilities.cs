namespace SoftDiff;

/// <summary>
/// Logarithms of probabilities that are known as numbers. With ε they are first clipped to [ε, 1] and divided by their sum; without it the logarithm of 0
/// is -∞ and counts as constant.
/// </summary>
internal static class LogProbabilities
{
    /// <summary>Replaces each row of <paramref name="n"/> probabilities by logarithms.</summary>
    public static void Value(Span<double> p, int n, double epsilon)
    {
        if (epsilon > 0)
        {
            for (var rest = p; !rest.IsEmpty; rest = rest[n..])
            {
                var row = rest[..n];
                foreach (ref var entry in row) entry = Math.Clamp(entry, epsilon, 1);
                Lanewise.Map(row, row, new Scaled<double>(1 / Lanewise.Sum(row, row, default(First<double>))));
            }
        }

        Lanewise.Map(p, p, default(Log<double>));
    }

    /// <summary>The cotangents of the probabilities for those of the logarithms.</summary>
    public static void Pullback(ReadOnlySpan<double> p, int n, double epsilon, ReadOnlySpan<double> cLogs, Span<double> cP)
    {
        for (var start = 0; start < p.Length; start += n)
        {
            var (total, cTotal) = Totals(p.Slice(start, n), cLogs.Slice(start, n), epsilon);
            for (var j = start; j < start + n; j++)
            {
                var (clipped, slope) = Clip(p[j], epsilon);
                cP[j] = slope == 0 ? 0 : slope * ((cLogs[j] / clipped) - (epsilon > 0 ? cTotal / total : 0));
            }
        }
    }

    /// <summary>The tangents of the logarithms for those of the probabilities, in place.</summary>
    public static void Pushforward(ReadOnlySpan<double> p, int n, double epsilon, Span<double> tP)
    {
        for (var start = 0; start < p.Length; start += n)
        {
            double total = 0, tTotal = 0;
            for (var j = start; j < start + n; j++)
            {
                var (clipped, slope) = Clip(p[j], epsilon);
                total += clipped;
                tTotal += slope * tP[j];
                tP[j] = slope == 0 ? 0 : slope * tP[j] / clipped;
            }

            if (epsilon > 0) Lanewise.Map(tP.Slice(start, n), tP.Slice(start, n), new Shifted<double>(tTotal / total, 0));
        }
    }

    private static (double Total, double CTotal) Totals(ReadOnlySpan<double> p, ReadOnlySpan<double> cLogs, double epsilon)
    {
        double total = 0, cTotal = 0;
        for (var j = 0; j < p.Length; j++)
        {
            total += Clip(p[j], epsilon).Value;
            cTotal += cLogs[j];
        }

        return (total, cTotal);
    }

    // Half of the slope at the edges of the clip. Without ε, only the logarithm of 0 has none.
    private static (double Value, double Slope) Clip(double p, double epsilon)
    {
        if (epsilon == 0) return (p, p > 0 ? 1 : 0);
        var clipped = Math.Clamp(p, epsilon, 1);
        return (clipped, p != clipped ? 0 : p == epsilon || p == 1 ? 0.5 : 1);
    }
}
