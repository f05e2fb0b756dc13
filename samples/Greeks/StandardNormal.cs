using SoftDiff;

namespace Greeks;

/// <summary>The standard normal distribution.</summary>
public static class StandardNormal
{
    /// <summary>The density at <paramref name="x"/>.</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// The probability of a number below <paramref name="x"/>, by a series. (Marsaglia, Evaluating the Normal Distribution, 2004.)
    /// Its rule says that the derivative is the density, so the series is not differentiated.
    /// </summary>
    [CustomVjp(nameof(CdfBackward))]
    public static double Cdf(double x)
    {
        if (x < -8) return 0;
        if (x > 8) return 1;
        double sum = x, term = x, last = 0;
        for (int i = 3; sum != last; i += 2)
        {
            last = sum;
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + sum * Density(x);
    }

    /// <summary>The rule of <see cref="Cdf"/>.</summary>
    public static double CdfBackward(double x, double cotangent) => cotangent * Density(x);
}
