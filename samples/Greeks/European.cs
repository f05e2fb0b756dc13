using SoftDiff;

namespace Greeks;

/// <summary>
/// Prices of European options by Black and Scholes, and their Greeks. Each Greek is a declared derivative, whose body is generated.
/// </summary>
public static partial class European
{
    /// <summary>The price of the right to buy for <paramref name="strike"/> at <paramref name="maturity"/>.</summary>
    [Differentiable]
    public static double Call(double spot, double time, double rate, double volatility, double strike, double maturity)
    {
        double left = maturity - time;
        double deviation = volatility * Math.Sqrt(left);
        double d1 = (Math.Log(spot / strike) + (rate + 0.5 * volatility * volatility) * left) / deviation;
        double d2 = d1 - deviation;
        return spot * StandardNormal.Cdf(d1) - strike * Math.Exp(-rate * left) * StandardNormal.Cdf(d2);
    }

    [Derivative(nameof(Call), Wrt = ["spot"])]
    public static partial double Delta(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["time"])]
    public static partial double Theta(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["rate"])]
    public static partial double Rho(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["volatility"])]
    public static partial double Vega(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["spot"], Order = 2)]
    public static partial double Gamma(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Delta), Wrt = ["volatility"])]
    public static partial double Vanna(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["volatility"], Order = 2)]
    public static partial double Volga(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Call), Wrt = ["spot"], Order = 3)]
    public static partial double Speed(double spot, double time, double rate, double volatility, double strike, double maturity);

    [Derivative(nameof(Gamma), Wrt = ["time"])]
    public static partial double Colour(double spot, double time, double rate, double volatility, double strike, double maturity);

    /// <summary>The price of 1 to be paid at maturity if the spot price is above the strike then.</summary>
    [Differentiable]
    public static double Digital(double spot, double rate, double volatility, double strike, double left)
    {
        double deviation = volatility * Math.Sqrt(left);
        double d2 = (Math.Log(spot / strike) + (rate - 0.5 * volatility * volatility) * left) / deviation;
        return Math.Exp(-rate * left) * StandardNormal.Cdf(d2);
    }

    [Gradient(nameof(Digital), Wrt = ["spot", "rate", "volatility"])]
    public static partial double DigitalGreeks(
        double spot, double rate, double volatility, double strike, double left, out double delta, out double rho, out double vega);

    [Derivative(nameof(Digital), Wrt = ["spot"], Order = 2)]
    public static partial double DigitalGamma(double spot, double rate, double volatility, double strike, double left);
}
