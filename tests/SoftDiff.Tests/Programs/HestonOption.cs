using System.Numerics;

namespace SoftDiff.Tests.Programs;

public readonly record struct Heston(double V0, double Kappa, double Theta, double Sigma, double Rho);

/// <summary>A call option in Heston's model, priced by integrating its characteristic function.</summary>
public static partial class HestonOption
{
    [Differentiable(Wrt = ["model", "spot"])]
    public static double Price(Heston model, double spot, double strike, double rate, double maturity)
    {
        const int Steps = 200;
        const double End = 120;
        double step = End / Steps, sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double u = (i + 0.5) * step;
            var phi = Characteristic(model, new Complex(u, -0.5), maturity);
            var payoff = Complex.Exp(Complex.ImaginaryOne * u * (Math.Log(spot / strike) + rate * maturity)) * phi;
            sum += payoff.Real / (u * u + 0.25) * step;
        }

        return spot - Math.Sqrt(spot * strike) * Math.Exp(-0.5 * rate * maturity) / Math.PI * sum;
    }

    private static Complex Characteristic(Heston m, Complex u, double t)
    {
        var i = Complex.ImaginaryOne;
        var xi = m.Kappa - m.Rho * m.Sigma * i * u;
        var d = Complex.Sqrt(xi * xi + m.Sigma * m.Sigma * (u * u + i * u));
        var g = (xi - d) / (xi + d);
        var decay = Complex.Exp(-d * t);
        var c = m.Kappa * m.Theta / (m.Sigma * m.Sigma) * ((xi - d) * t - 2 * Complex.Log((1 - g * decay) / (1 - g)));
        return Complex.Exp(c + m.V0 / (m.Sigma * m.Sigma) * (xi - d) * (1 - decay) / (1 - g * decay));
    }
}
