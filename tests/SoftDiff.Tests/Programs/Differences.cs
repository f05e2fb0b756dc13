namespace SoftDiff.Tests.Programs;

/// <summary>Checks gradients of programs against differences.</summary>
internal static class Differences
{
    /// <summary>Compares a gradient with differences of fourth order; two step sizes must agree.</summary>
    public static void AssertGradient(Func<double> cost, Span<double> x, ReadOnlySpan<double> gradient, double step = 1e-3)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double coarse = Difference(cost, x, i, 2 * step * Math.Max(1, Math.Abs(x[i])));
            double fine = Difference(cost, x, i, step * Math.Max(1, Math.Abs(x[i])));
            double scale = Math.Max(1, Math.Abs(fine));
            Assert.True(Math.Abs(coarse - fine) <= 1e-6 * scale, $"the differences of entry {i} do not agree: {coarse} and {fine}");
            double extrapolated = fine + (fine - coarse) / 15;
            Assert.True(Math.Abs(extrapolated - gradient[i]) <= 1e-7 * scale, $"entry {i} is {gradient[i]}, expected {extrapolated}");
        }
    }

    /// <summary>Compares a gradient in single precision with differences.</summary>
    public static void AssertGradient(Func<double> cost, Span<float> x, ReadOnlySpan<float> gradient)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float at = x[i];
            double Moved(Span<float> y, float by)
            {
                y[i] = at + by;
                return cost();
            }

            const float Step = 1 / 128f;
            double expected = (8 * (Moved(x, Step) - Moved(x, -Step)) - (Moved(x, 2 * Step) - Moved(x, -2 * Step))) / (12 * Step);
            x[i] = at;
            Assert.True(Math.Abs(expected - gradient[i]) <= 2e-3 * Math.Max(1, Math.Abs(expected)), $"entry {i} is {gradient[i]}, expected {expected}");
        }
    }

    private static double Difference(Func<double> cost, Span<double> x, int i, double h)
    {
        double at = x[i];
        double Moved(Span<double> y, double by)
        {
            y[i] = at + by;
            return cost();
        }

        double difference = (8 * (Moved(x, h) - Moved(x, -h)) - (Moved(x, 2 * h) - Moved(x, -2 * h))) / (12 * h);
        x[i] = at;
        return difference;
    }
}
