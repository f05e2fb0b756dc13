namespace SoftDiff.Generator.Tests.Rules;

/// <summary>
/// Central differences extrapolated to step 0 (C. Ridders, Advances in Engineering Software 4, 1982): the table's best entry and its error estimate.
/// </summary>
internal static class Ridders
{
    private const double Shrink = 1.4;
    private const int Size = 14;

    public static double Differentiate(Func<double, double> f, double x, double step)
    {
        var previous = new double[Size];
        var (best, error) = (double.NaN, double.PositiveInfinity);
        for (var row = 0; row < Size; row++, step /= Shrink)
        {
            var current = new double[Size];
            // The step as it is after rounding, or the quotient is off by the rounding of x + step.
            var (up, down) = (x + step, x - step);
            current[0] = (f(up) - f(down)) / (up - down);
            var factor = Shrink * Shrink;
            for (var column = 1; column <= row; column++, factor *= Shrink * Shrink)
            {
                current[column] = ((current[column - 1] * factor) - previous[column - 1]) / (factor - 1);
                var estimate = Math.Max(Math.Abs(current[column] - current[column - 1]), Math.Abs(current[column] - previous[column - 1]));
                if (estimate <= error) (best, error) = (current[column], estimate);
            }

            previous = current;
        }

        return best;
    }
}
