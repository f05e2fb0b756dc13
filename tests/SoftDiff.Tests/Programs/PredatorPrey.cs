namespace SoftDiff.Tests.Programs;

/// <summary>A model of two species, integrated by a general integrator and fitted to observations.</summary>
public static partial class PredatorPrey
{
    public delegate void Dynamics(double time, ReadOnlySpan<double> state, Span<double> slope);

    [Differentiable(Wrt = ["rates", "start"])]
    public static double Misfit(double[] rates, double[] start, double[] observed, double step)
    {
        double[] state = [.. start];
        int calls = 0;
        Dynamics dynamics = (time, s, ds) =>
        {
            calls++;
            double season = 1 + 0.1 * Math.Sin(time);
            ds[0] = season * rates[0] * s[0] - rates[1] * s[0] * s[1];
            ds[1] = rates[2] * s[0] * s[1] - rates[3] * s[1];
        };

        double cost = 0;
        for (int k = 0; k < observed.Length / 2; k++)
        {
            Integrate(dynamics, state, k * step, (k + 1) * step, substeps: 3);
            cost += state.Zip(observed.Skip(2 * k), (s, o) => (s - o) * (s - o)).Sum();
        }

        return cost / calls;
    }

    private static void Integrate(Dynamics f, Span<double> y, double from, double to, int substeps)
    {
        int n = y.Length;
        Span<double> k1 = stackalloc double[n], k2 = stackalloc double[n], k3 = stackalloc double[n], k4 = stackalloc double[n], at = stackalloc double[n];
        double h = (to - from) / substeps;
        for (int step = 0; step < substeps; step++)
        {
            double t = from + step * h;
            f(t, y, k1);
            Move(y, k1, h / 2, at);
            f(t + h / 2, at, k2);
            Move(y, k2, h / 2, at);
            f(t + h / 2, at, k3);
            Move(y, k3, h, at);
            f(t + h, at, k4);
            for (int i = 0; i < n; i++) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private static void Move(ReadOnlySpan<double> y, ReadOnlySpan<double> k, double h, Span<double> at)
    {
        for (int i = 0; i < y.Length; i++) at[i] = y[i] + h * k[i];
    }
}
