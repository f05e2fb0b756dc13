namespace SoftDiff.Tests.Programs.Finance.Cva;

public sealed class VasicekModel
{
    public double Kappa { get; }
    public double Theta { get; }
    public double Sigma { get; }
    public double R0 { get; }

    public VasicekModel(double kappa, double theta, double sigma, double r0)
        => (Kappa, Theta, Sigma, R0) = (kappa, theta, sigma, r0);

    public double Step(double r, double dt, double dw) => r + Kappa * (Theta - r) * dt + Sigma * dw;

    public double Bond(double r, double tau)
    {
        if (tau <= 0) return 1;
        double b = (1 - Math.Exp(-Kappa * tau)) / Kappa;
        double a = (Theta - Sigma * Sigma / (2 * Kappa * Kappa)) * (b - tau) - Sigma * Sigma * b * b / (4 * Kappa);
        return Math.Exp(a - b * r);
    }
}

public readonly struct Counterparty
{
    public Counterparty(double hazardRate, double recovery)
    {
        HazardRate = hazardRate;
        Recovery = recovery;
    }

    public double HazardRate { get; }
    public double Recovery { get; }
    public double LossGivenDefault => 1 - Recovery;

    public double Survival(double t) => Math.Exp(-HazardRate * t);
}

public static partial class CvaCalculator
{
    private static double SwapValue(VasicekModel model, double r, double t, double rate, double maturity)
    {
        double annuity = 0;
        for (double pay = Math.Floor(t) + 1; pay <= maturity; pay += 1)
            annuity += model.Bond(r, pay - t);
        return 1 - model.Bond(r, maturity - t) - rate * annuity;
    }

    [Differentiable]
    public static double Cva(
        double kappa, double theta, double sigma, double r0, Counterparty cpty, double swapRate, int years, int paths, int seed)
    {
        var model = new VasicekModel(kappa, theta, sigma, r0);
        var rng = new Random(seed);
        const int stepsPerYear = 4;
        double dt = 1.0 / stepsPerYear;
        int steps = years * stepsPerYear;
        Span<double> expectedExposure = stackalloc double[steps + 1];
        for (int p = 0; p < paths; p++)
        {
            double r = model.R0;
            double discount = 1;
            for (int i = 1; i <= steps; i++)
            {
                double dw = Math.Sqrt(dt) * (rng.NextDouble() + rng.NextDouble() + rng.NextDouble() - 1.5) * 2;
                discount *= Math.Exp(-r * dt);
                r = model.Step(r, dt, dw);
                double exposure = Math.Max(SwapValue(model, r, i * dt, swapRate, years), 0.0);
                expectedExposure[i] += discount * exposure / paths;
            }
        }

        double cva = 0;
        for (int i = 1; i <= steps; i++)
        {
            double pd = cpty.Survival((i - 1) * dt) - cpty.Survival(i * dt);
            cva += cpty.LossGivenDefault * 0.5 * (expectedExposure[i - 1] + expectedExposure[i]) * pd;
        }

        return cva;
    }
}
