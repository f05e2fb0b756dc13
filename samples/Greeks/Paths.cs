using SoftDiff;

namespace Greeks;

/// <summary>
/// The present value of what an option on <see cref="Market"/>'s share pays on one simulated path, and its Greeks. In
/// <see cref="SoftMode.Hard"/> the payoff is the exact one; the other modes round off its corner or its jump.
/// </summary>
public static partial class Paths
{
    /// <summary>A call. Hard, its Greeks are the pathwise ones.</summary>
    [Differentiable(Wrt = ["spot", "rate", "volatility"])]
    public static double Call(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks)
    {
        double price = Terminal(spot, rate, volatility, shocks);
        return Math.Exp(-rate * Market.Maturity) * Soft.Relu(price - Market.Strike, softness, mode);
    }

    [Gradient(nameof(Call))]
    public static partial double CallGreeks(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks,
        out double delta, out double rho, out double vega);

    [Derivative(nameof(Call), Wrt = ["spot"], Order = 2)]
    public static partial double CallGamma(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks);

    /// <summary>1 if the price ends above the strike. Hard, it has no slope, and its pathwise Greeks are wrong.</summary>
    [Differentiable(Wrt = ["spot", "rate", "volatility"])]
    public static double Digital(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks)
    {
        double price = Terminal(spot, rate, volatility, shocks);
        return Math.Exp(-rate * Market.Maturity) * Soft.Greater(price, Market.Strike, softness, mode);
    }

    [Gradient(nameof(Digital))]
    public static partial double DigitalGreeks(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks,
        out double delta, out double rho, out double vega);

    [Derivative(nameof(Digital), Wrt = ["spot"], Order = 2)]
    public static partial double DigitalGamma(
        double spot, double rate, double volatility, double softness, SoftMode mode, ReadOnlySpan<double> shocks);

    /// <summary>The last price of a path of geometric Brownian motion with one step for each shock.</summary>
    private static double Terminal(double spot, double rate, double volatility, ReadOnlySpan<double> shocks)
    {
        double step = Market.Maturity / shocks.Length;
        double drift = (rate - 0.5 * volatility * volatility) * step;
        double deviation = volatility * Math.Sqrt(step);
        double price = spot;
        for (int i = 0; i < shocks.Length; i++) price *= Math.Exp(drift + deviation * shocks[i]);
        return price;
    }
}
