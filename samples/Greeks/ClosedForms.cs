namespace Greeks;

/// <summary>The Greeks of a call as textbooks give them. (Haug, The Complete Guide to Option Pricing Formulas, chapter 2.)</summary>
internal sealed class ClosedForms
{
    public ClosedForms(double spot, double time, double rate, double volatility, double strike, double maturity)
    {
        double left = maturity - time;
        double root = Math.Sqrt(left);
        double deviation = volatility * root;
        double d1 = (Math.Log(spot / strike) + (rate + 0.5 * volatility * volatility) * left) / deviation;
        double d2 = d1 - deviation;
        double density = StandardNormal.Density(d1);
        double strikeProbability = strike * Math.Exp(-rate * left) * StandardNormal.Cdf(d2);

        Price = spot * StandardNormal.Cdf(d1) - strikeProbability;
        Delta = StandardNormal.Cdf(d1);
        Theta = -spot * density * volatility / (2 * root) - rate * strikeProbability;
        Rho = left * strikeProbability;
        Vega = spot * density * root;
        Gamma = density / (spot * deviation);
        Vanna = -density * d2 / volatility;
        Volga = Vega * d1 * d2 / volatility;
        Speed = -Gamma / spot * (d1 / deviation + 1);
        Colour = Gamma / (2 * left) * (1 + (2 * rate * left - d2 * deviation) / deviation * d1);
    }

    public double Price { get; }

    public double Delta { get; }

    public double Theta { get; }

    public double Rho { get; }

    public double Vega { get; }

    public double Gamma { get; }

    public double Vanna { get; }

    public double Volga { get; }

    public double Speed { get; }

    public double Colour { get; }
}
