using Samples;
using SoftDiff;

namespace Greeks;

/// <summary>The value and the Greeks of an option on one path.</summary>
internal delegate double PathGreeks(
    double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks,
    out double delta, out double rho, out double vega);

/// <summary>The second derivative by the spot price on one path.</summary>
internal delegate double PathGamma(
    double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks);

/// <summary>Estimates over a number of simulated paths of the share in <see cref="Market"/>.</summary>
internal sealed class MonteCarlo(int paths, int steps, int seed)
{
    private readonly double[] _shocks = new Normal(seed).Next(paths * steps);

    /// <summary>Price, delta, rho, vega and gamma.</summary>
    public Estimate[] Run(PathGreeks greeks, PathGamma gamma, double softness, SoftMode mode)
    {
        var samples = new double[5][];
        for (int i = 0; i < samples.Length; i++) samples[i] = new double[paths];
        for (int path = 0; path < paths; path++)
        {
            var shocks = _shocks.AsSpan(path * steps, steps);
            samples[0][path] = greeks(
                Market.Spot, Market.Rate, Market.Volatility, softness, mode, shocks,
                out samples[1][path], out samples[2][path], out samples[3][path]);
            samples[4][path] = gamma(Market.Spot, Market.Rate, Market.Volatility, softness, mode, shocks);
        }

        return [.. samples.Select(Estimate.Of)];
    }
}

/// <summary>A mean over the paths with its standard error.</summary>
internal readonly record struct Estimate(double Mean, double StandardError)
{
    public static Estimate Of(double[] samples)
    {
        double mean = samples.Average();
        double variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Length - 1);
        return new Estimate(mean, Math.Sqrt(variance / samples.Length));
    }

    public override string ToString() => $"{Mean,10:F5} ± {StandardError:F5}";
}
