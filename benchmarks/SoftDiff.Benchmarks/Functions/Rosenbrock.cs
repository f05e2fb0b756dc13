namespace SoftDiff.Benchmarks.Functions;

/// <summary>Rosenbrock's valley, of two numbers and as a chain of many.</summary>
public static partial class Rosenbrock
{
    [Differentiable]
    public static double Pair(double x, double y)
        => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

    [Differentiable]
    public static double Chain(ReadOnlySpan<double> x)
    {
        double total = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double valley = x[i + 1] - x[i] * x[i];
            double slope = 1 - x[i];
            total += 100 * valley * valley + slope * slope;
        }

        return total;
    }
}
