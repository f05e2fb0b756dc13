namespace SoftDiff;

/// <summary>
/// The derivative of a function of one variable by central differences, extrapolated to step zero.
/// Reference: C. J. F. Ridders, Accurate computation of F'(x) and F'(x) F''(x), Advances in Engineering Software 4 (1982).
/// </summary>
internal static class NumericDerivative
{
    // Steps halve, so row k of the tableau removes the error term of order 2k with the factor 4^k: eight rows reach order 16.
    private const int Rows = 8;
    private const int Starts = 14;

    // Good enough to stop looking for a better first step: far below the tolerance of a check, above the rounding noise.
    private const double Settled = 1e-11;

    // 2⁻⁵², the spacing of doubles next to 1.
    private const double Rounding = 2.220446049250313e-16;

    /// <summary>
    /// Tries first steps from a tenth of max(1, |x|) downwards and keeps the result with the smallest estimated error. A large step has the
    /// least rounding error, but it may reach over a kink or out of the domain.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The point.</param>
    /// <param name="magnitude">The largest |f| that went into the result.</param>
    /// <returns>The derivative, or NaN if the function is finite on neither side however small the step.</returns>
    public static double At(Func<double, double> function, double x, out double magnitude)
    {
        var best = double.NaN;
        var bestError = double.PositiveInfinity;
        magnitude = 0;
        var smallest = x == 0 ? 1e-8 : 1e-3 * Math.Min(1, Math.Abs(x));
        var start = 0.1 * Math.Max(1, Math.Abs(x));
        for (var i = 0; i < Starts && start >= smallest; i++, start *= 0.1)
        {
            var derivative = Extrapolate(function, x, start, out var error, out var seen);
            if (!(error < bestError)) continue;
            (best, bestError, magnitude) = (derivative, error, seen);
            if (error <= Settled * Math.Max(Math.Abs(derivative), Noise(seen, x))) break;
        }

        return best;
    }

    /// <summary>A derivative below this is lost in the rounding errors of values of the given magnitude.</summary>
    public static double Noise(double magnitude, double x) => 1e-4 * magnitude / Math.Max(1, Math.Abs(x));

    private static double Extrapolate(Func<double, double> function, double x, double step, out double error, out double magnitude)
    {
        Span<double> above = stackalloc double[Rows];
        Span<double> row = stackalloc double[Rows];
        var best = double.NaN;
        error = double.PositiveInfinity;
        magnitude = 0;
        for (var i = 0; i < Rows; i++, step *= 0.5)
        {
            var (right, left) = (x + step, x - step);
            var (high, low) = (function(right), function(left));
            row[0] = (high - low) / (right - left);
            if (!double.IsFinite(row[0]))
            {
                error = double.PositiveInfinity;
                return double.NaN;
            }

            magnitude = Math.Max(magnitude, Math.Max(Math.Abs(high), Math.Abs(low)));

            var factor = 1.0;
            for (var k = 1; k <= i; k++)
            {
                factor *= 4;
                row[k] = row[k - 1] + ((row[k - 1] - above[k - 1]) / (factor - 1));

                // Small steps see differences of rounded values, which can agree by chance: no result is better than the rounding allows.
                var change = Math.Max(Math.Abs(row[k] - row[k - 1]), Math.Abs(row[k] - above[k - 1])) + (Rounding * magnitude / step);
                if (change <= error) (best, error) = (row[k], change);
            }

            row.CopyTo(above);
        }

        return best;
    }
}
