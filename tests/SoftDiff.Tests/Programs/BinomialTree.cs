namespace SoftDiff.Tests.Programs;

/// <summary>An American put on a binomial tree with one row for each date.</summary>
public static partial class BinomialTree
{
    [Differentiable]
    public static double AmericanPut(double spot, double strike, double rate, double volatility, double maturity, int steps)
    {
        double dt = maturity / steps;
        double up = Math.Exp(volatility * Math.Sqrt(dt));
        double down = 1 / up;
        double discount = Math.Exp(-rate * dt);
        double probability = (Math.Exp(rate * dt) - down) / (up - down);
        var values = new double[steps + 1][];
        for (int t = 0; t <= steps; t++)
        {
            values[t] = new double[t + 1];
        }

        for (int i = 0; i <= steps; i++)
        {
            values[steps][i] = Math.Max(strike - (spot * Math.Pow(up, i) * Math.Pow(down, steps - i)), 0);
        }

        for (int t = steps - 1; t >= 0; t--)
        {
            double[] next = values[t + 1];
            for (int i = 0; i < values[t].Length; i++)
            {
                double held = discount * ((probability * next[i + 1]) + ((1 - probability) * next[i]));
                values[t][i] = Math.Max(held, strike - (spot * Math.Pow(up, i) * Math.Pow(down, t - i)));
            }
        }

        return values[0][0];
    }
}
