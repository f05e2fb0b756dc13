namespace SoftDiff.Benchmarks.Functions;

public static partial class Rosenbrock
{
    public static double PairByHand(double x, double y, out double dX, out double dY)
    {
        double slope = 1 - x;
        double valley = y - x * x;
        double steep = 200 * valley;
        dX = -2 * slope - 2 * steep * x;
        dY = steep;
        return slope * slope + 100 * valley * valley;
    }

    public static double ChainByHand(ReadOnlySpan<double> x, Span<double> dX)
    {
        Lengths.Same(dX.Length, x.Length, nameof(dX));
        if (x.Length == 0) return 0;

        // Term i reaches dX[i] and dX[i + 1]; the second part waits in a register, so every entry is stored once.
        double total = 0;
        double fromPrevious = 0;
        double current = x[0];
        for (int i = 1; i < x.Length; i++)
        {
            double next = x[i];
            double valley = next - current * current;
            double slope = 1 - current;
            double steep = 200 * valley;
            total += 100 * valley * valley + slope * slope;
            dX[i - 1] = fromPrevious - 2 * steep * current - 2 * slope;
            fromPrevious = steep;
            current = next;
        }

        dX[^1] = fromPrevious;
        return total;
    }
}
