namespace SoftDiff;

/// <summary>
/// (1 - a) first + a second, of the two rows of a quantile that follow each other in memory; or the same of their logarithms. Where a = 0 it is the
/// first, even if the second is infinite.
/// </summary>
internal static class Interpolation
{
    public static void Value(ReadOnlySpan<double> pair, double fraction, bool log, Span<double> y)
    {
        for (var j = 0; j < y.Length; j++)
        {
            var (first, second) = (pair[j], pair[y.Length + j]);
            y[j] = log ? LogOfSum(first, second, fraction) : fraction == 0 ? first : ((1 - fraction) * first) + (fraction * second);
        }
    }

    /// <summary>The cotangents of the two rows. <paramref name="y"/> is needed for logarithms.</summary>
    public static void Pullback(
        ReadOnlySpan<double> pair, ReadOnlySpan<double> y, double fraction, bool log, ReadOnlySpan<double> cY, Span<double> cPair)
    {
        for (var j = 0; j < cY.Length; j++)
        {
            var (first, second) = Weights(pair, j, log ? y[j] : 0, cY.Length, fraction, log);
            cPair[j] = first * cY[j];
            cPair[cY.Length + j] = second * cY[j];
        }
    }

    public static void Jvp(ReadOnlySpan<double> pair, ReadOnlySpan<double> tPair, double fraction, bool log, Span<double> y, Span<double> tY)
    {
        Value(pair, fraction, log, y);
        for (var j = 0; j < y.Length; j++)
        {
            var (first, second) = Weights(pair, j, y[j], y.Length, fraction, log);
            tY[j] = (first * tPair[j]) + (second * tPair[y.Length + j]);
        }
    }

    private static (double First, double Second) Weights(ReadOnlySpan<double> pair, int j, double y, int n, double fraction, bool log) => log
        ? (Math.Exp(Math.Log(1 - fraction) + pair[j] - y), Math.Exp(Math.Log(fraction) + pair[n + j] - y))
        : (1 - fraction, fraction);

    private static double LogOfSum(double first, double second, double fraction)
    {
        var (a, b) = (Math.Log(1 - fraction) + first, Math.Log(fraction) + second);
        return Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
    }
}
