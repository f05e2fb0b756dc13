namespace SoftDiff;

/// <summary>The projection of mode C2: γ solves Σ t³ = Σ w with t = z - γ, and t³ is the projection.</summary>
/// <param name="Count">How many elements.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Second">Σ (z - mean)².</param>
/// <param name="Third">Σ (z - mean)³.</param>
/// <param name="SumW">Σ w.</param>
internal readonly record struct CubicBlock(int Count, double Mean, double Second, double Third, double SumW) : IBlock<CubicBlock>
{
    private const int Refinements = 3;

    public static CubicBlock Of(double z, double w, int index) => new(1, z, 0, 0, w);

    // Moments about the common mean from those about either one: Chan, Golub and LeVeque (1979); Pébay (2008).
    public CubicBlock With(CubicBlock next)
    {
        var (a, b) = ((double)Count, (double)next.Count);
        var count = a + b;
        var step = next.Mean - Mean;
        var second = Second + next.Second + (step * step * a * b / count);
        var third = Third + next.Third + (step * step * step * a * b * (a - b) / (count * count))
            + (3 * step * ((a * next.Second) - (b * Second)) / count);
        return new CubicBlock(Count + next.Count, Mean + (step * b / count), second, third, SumW + next.SumW);
    }

    public double Level(in BlockRow row) => Mean + Root(3 * Second / Count, (SumW - Third) / Count);

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w)
    {
        for (var step = 0; step < Refinements; step++)
        {
            var (excess, slope) = (0.0, 0.0);
            for (var i = 0; i < z.Length; i++)
            {
                var t = z[i] - level;
                excess += (t * t * t) - w[i];
                slope += 3 * t * t;
            }

            // Where the cubic is flat a step of Newton's method leads away from the root it starts at.
            var change = excess / slope;
            if (!(Math.Abs(change) <= 1e-6 * (1 + Math.Abs(level)))) break;
            level += change;
        }

        return level;
    }

    public static double Project(double t) => t * t * t;

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> byZ, Span<double> byW, Span<double> slope)
    {
        for (var i = 0; i < z.Length; i++) slope[i] = 3 * (z[i] - level) * (z[i] - level);
        BlockShares.Of(slope, byZ, byW);
    }

    /// <summary>The real root of x³ + p x + q = 0 for p ≥ 0.</summary>
    private static double Root(double p, double q)
    {
        if (p <= double.Epsilon || p <= 1e-16 * Math.Max(Math.Abs(q), 1)) return -Math.Cbrt(q);
        var r = Math.Sqrt(p / 3);
        return -2 * r * Math.Sinh(Math.Asinh(3 * q / (2 * p * r)) / 3);
    }
}

/// <summary>The derivatives of γ where Σ f(z - γ) = Σ w, from the slopes of f.</summary>
internal static class BlockShares
{
    public static void Of(ReadOnlySpan<double> slope, Span<double> byZ, Span<double> byW)
    {
        var total = 0.0;
        foreach (var element in slope) total += element;
        if (total == 0)
        {
            byZ.Fill(1.0 / slope.Length);
            byW.Clear();
            return;
        }

        for (var i = 0; i < slope.Length; i++) byZ[i] = slope[i] / total;
        byW.Fill(1 / total);
    }
}
