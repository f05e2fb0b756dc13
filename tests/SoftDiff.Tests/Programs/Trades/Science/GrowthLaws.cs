namespace SoftDiff.Tests.Programs.Science.Growth;

public abstract record GrowthLaw;
public sealed record Logistic(double Capacity) : GrowthLaw;
public sealed record Gompertz(double Capacity) : GrowthLaw;
public sealed record Allee(double Capacity, double Threshold) : GrowthLaw;
public sealed record Exponential : GrowthLaw;

public record Observation(double Time, double Size)
{
    public string? Note { get; init; }
}

public static partial class Population
{
    private static double Rate(GrowthLaw law, double n, double r) => law switch
    {
        Logistic { Capacity: var k } => r * n * (1 - n / k),
        Gompertz(var k) => r * n * Math.Log(k / n),
        Allee a when a.Threshold > 0 => r * n * (1 - n / a.Capacity) * (n / a.Threshold - 1),
        Allee a => r * n * (1 - n / a.Capacity),
        Exponential => r * n,
        null => throw new ArgumentNullException(nameof(law)),
        _ => throw new ArgumentException($"unknown law {law.GetType().Name}", nameof(law)),
    };

    private static double Integrate(Func<double, double> f, double n, double duration, int steps)
    {
        double h = duration / steps;
        for (int i = 0; i < steps; i++)
        {
            double k1 = f(n);
            double k2 = f(n + h / 2 * k1);
            double k3 = f(n + h / 2 * k2);
            double k4 = f(n + h * k3);
            n += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }

        return n;
    }

    [Differentiable]
    public static double SumOfSquares(double initial, double rate, double harvest, GrowthLaw law, IReadOnlyList<Observation> data)
    {
        double n = initial, time = 0, sum = 0;
        foreach (var (t, size) in data)
        {
            n = Integrate(x => Rate(law, x, rate) - harvest * x, n, t - time, 20);
            time = t;
            double residual = Math.Log(n) - Math.Log(size);
            sum += residual * residual;
        }

        return sum;
    }
}
