namespace SoftDiff;

/// <summary>The projection of mode C1: γ solves Σ t |t| = Σ w with t = z - γ, and t |t| is the projection.</summary>
/// <param name="Start">The first element.</param>
/// <param name="End">The one after the last.</param>
/// <param name="SumW">Σ w.</param>
internal readonly record struct QuadraticBlock(int Start, int End, double SumW) : IBlock<QuadraticBlock>
{
    private const int Refinements = 2;

    public static QuadraticBlock Of(double z, double w, int index) => new(index, index + 1, w);

    public QuadraticBlock With(QuadraticBlock next) => new(Start, next.End, SumW + next.SumW);

    public double Level(in BlockRow row)
    {
        // Σ t |t| falls with γ, so the elements above γ are found by bisection: the first at which the sum, with γ there, is not below Σ w.
        var (low, high) = (Start, End);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Excess(row, row.Z[middle], middle) < 0) low = middle + 1;
            else high = middle;
        }

        // With the split known the equation is a quadratic in γ - center.
        var center = row.Z[Math.Clamp(low, Start, End - 1)];
        var above = row.Moments.About(center, Start, low);
        var below = row.Moments.About(center, low, End);
        var quadratic = (double)(low - Start - (End - low));
        var linear = above.First - below.First;
        var constant = above.Second - below.Second - SumW;
        var root = Math.Sqrt(Math.Max((linear * linear) - (quadratic * constant), 0));
        return linear + root == 0 ? center : center + (constant / (linear + root));
    }

    public static double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w)
    {
        for (var step = 0; step < Refinements; step++)
        {
            var (excess, slope) = (0.0, 0.0);
            for (var i = 0; i < z.Length; i++)
            {
                var t = z[i] - level;
                excess += (t * Math.Abs(t)) - w[i];
                slope += 2 * Math.Abs(t);
            }

            if (slope == 0) break;
            level += excess / slope;
        }

        return level;
    }

    public static double Project(double t) => t * Math.Abs(t);

    public static void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> byZ, Span<double> byW, Span<double> slope)
    {
        for (var i = 0; i < z.Length; i++) slope[i] = 2 * Math.Abs(z[i] - level);
        BlockShares.Of(slope, byZ, byW);
    }

    private double Excess(in BlockRow row, double level, int split) =>
        row.Moments.About(level, Start, split).Second - row.Moments.About(level, split, End).Second - SumW;
}
