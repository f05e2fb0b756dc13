namespace SoftDiff.Generator.Tests.Harness;

/// <summary>Derivatives of a vector function by differences, extrapolated.</summary>
internal static class Differences
{
    /// <summary>
    /// Column <paramref name="input"/> of the Jacobian: central differences with steps falling by a constant ratio, extrapolated to step zero
    /// by Neville's scheme; the entry of the tableau with the least estimated error is taken (C. J. F. Ridders, "Accurate computation of F'(x)
    /// and F'(x) F''(x)", Advances in Engineering Software 4(2), 1982). Exact to ten or more digits where the function is smooth within
    /// <paramref name="step"/> of the point.
    /// </summary>
    public static double[] Column(Func<double[], double[]> function, double[] point, int input, double step)
    {
        const int Levels = 9;
        const double Ratio = 1.6;
        double[] best = [];
        double[] error = [];
        double[][] previous = [];
        for (int level = 0; level < Levels; level++, step /= Ratio)
        {
            double[][] row = new double[level + 1][];
            row[0] = Central(function, point, input, step);
            if (level == 0)
            {
                best = row[0];
                error = [.. Enumerable.Repeat(double.PositiveInfinity, best.Length)];
            }

            double factor = 1;
            for (int order = 1; order <= level; order++)
            {
                factor *= Ratio * Ratio;
                row[order] = new double[best.Length];
                for (int k = 0; k < best.Length; k++)
                {
                    double value = ((row[order - 1][k] * factor) - previous[order - 1][k]) / (factor - 1);
                    double estimate = Math.Max(Math.Abs(value - row[order - 1][k]), Math.Abs(value - previous[order - 1][k]));
                    row[order][k] = value;
                    if (estimate < error[k])
                    {
                        (best[k], error[k]) = (value, estimate);
                    }
                }
            }

            previous = row;
            best = [.. best];
        }

        return best;
    }

    private static double[] Central(Func<double[], double[]> function, double[] point, int input, double step)
    {
        double[] shifted = [.. point];
        shifted[input] = point[input] + step;
        double[] above = function(shifted);
        double up = shifted[input];
        shifted[input] = point[input] - step;
        double[] below = function(shifted);
        double width = up - shifted[input];
        return [.. above.Zip(below, (a, b) => (a - b) / width)];
    }
}
