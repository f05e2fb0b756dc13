namespace SoftDiff.Tests.Programs;

/// <summary>What the simulation needs to know, as an object.</summary>
public sealed class Contract
{
    public required double Strike { get; init; }

    public required double Barrier { get; init; }

    public int Steps { get; init; } = 16;

    public double Maturity { get; init; } = 1;

    public double Payoff(double spot) => Math.Max(spot - Strike, 0);
}

/// <summary>A barrier option by paths of a seeded generator, with a barrier that is smoothed.</summary>
public static partial class BarrierOption
{
    [Differentiable]
    public static double Price(Contract contract, double spot, double rate, double volatility, int paths, int seed)
    {
        var rng = new Random(seed);
        double dt = contract.Maturity / contract.Steps;
        double sum = 0;
        for (int path = 0; path < paths; path++)
        {
            double s = spot;
            double alive = 1;
            for (int step = 0; step < contract.Steps; step++)
            {
                double z = Gaussian(rng);
                s *= Math.Exp((rate - 0.5 * volatility * volatility) * dt + volatility * Math.Sqrt(dt) * z);
                alive *= 1 / (1 + Math.Exp((s - contract.Barrier) / 2.0));
            }

            sum += contract.Payoff(s) * alive;
        }

        return Math.Exp(-rate * contract.Maturity) * sum / paths;
    }

    private static double Gaussian(Random rng)
    {
        double u = 1 - rng.NextDouble();
        double v = rng.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }
}
