namespace SoftDiff.Benchmarks.Functions;

/// <summary>The price of a European call.</summary>
public static partial class BlackScholes
{
    [Differentiable]
    public static double Call(double spot, double strike, double rate, double volatility, double time)
    {
        double deviation = volatility * Math.Sqrt(time);
        double d1 = (Math.Log(spot / strike) + (rate + 0.5 * volatility * volatility) * time) / deviation;
        double d2 = d1 - deviation;
        return spot * NormalCdf(d1) - strike * Math.Exp(-rate * time) * NormalCdf(d2);
    }

    /// <summary>The normal distribution to 7.5e-8: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17.</summary>
    internal static double NormalCdf(double x)
    {
        double z = Math.Abs(x);
        double k = 1 / (1 + 0.2316419 * z);
        double series = k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
        double tail = 0.3989422804014327 * Math.Exp(-0.5 * z * z) * series;
        return x < 0 ? tail : 1 - tail;
    }
}
