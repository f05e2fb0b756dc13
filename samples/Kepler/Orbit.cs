using SoftDiff;

namespace Kepler;

/// <summary>The motion of a planet: positions on an ellipse, by Kepler's equation.</summary>
public static partial class Orbit
{
    /// <summary>The elements of an orbit: half the long axis, eccentricity, direction of the nearest point, mean anomaly at time 0.</summary>
    public const int Elements = 4;

    /// <summary>The eccentric anomaly x, which Newton's method finds from the mean anomaly m and the eccentricity e.</summary>
    [Differentiable]
    [ImplicitFunction(nameof(Equation))]
    public static double EccentricAnomaly(double m, double e)
    {
        double x = e < 0.8 ? m : Math.PI;
        for (int i = 0; i < 100; i++)
        {
            double step = Equation(x, m, e) / (1 - e * Math.Cos(x));
            x -= step;
            if (Math.Abs(step) < 1e-15) break;
        }

        return x;
    }

    /// <summary>Kepler's equation, which is 0 at the eccentric anomaly.</summary>
    private static double Equation(double x, double m, double e) => x - e * Math.Sin(x) - m;

    /// <summary>The position at a time, if the planet needs <paramref name="period"/> for one orbit.</summary>
    public static void Position(ReadOnlySpan<double> elements, double time, double period, out double x, out double y)
    {
        double axis = elements[0], e = elements[1], direction = elements[2];
        double anomaly = EccentricAnomaly(elements[3] + 2 * Math.PI * time / period, e);
        double along = axis * (Math.Cos(anomaly) - e);
        double across = axis * Math.Sqrt(1 - e * e) * Math.Sin(anomaly);
        x = along * Math.Cos(direction) - across * Math.Sin(direction);
        y = along * Math.Sin(direction) + across * Math.Cos(direction);
    }

    /// <summary>The distances between the orbit and observed positions, coordinate by coordinate.</summary>
    [Differentiable(Wrt = ["elements"])]
    public static void Residuals(
        ReadOnlySpan<double> elements, ReadOnlySpan<double> times, ReadOnlySpan<double> observed, double period, Span<double> residuals)
    {
        for (int i = 0; i < times.Length; i++)
        {
            Position(elements, times[i], period, out double x, out double y);
            residuals[2 * i] = x - observed[2 * i];
            residuals[2 * i + 1] = y - observed[2 * i + 1];
        }
    }

    /// <summary>The derivatives of all distances by all elements, through Kepler's equation.</summary>
    [Jacobian(nameof(Residuals))]
    public static partial void ResidualsJacobian(
        ReadOnlySpan<double> elements, ReadOnlySpan<double> times, ReadOnlySpan<double> observed, double period, Span<double> residuals,
        Span<double> jacobian);
}
