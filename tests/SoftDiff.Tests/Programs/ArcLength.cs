namespace SoftDiff.Tests.Programs;

/// <summary>The length of a spline by adaptive quadrature, and the place on it at a given length by Newton's method.</summary>
public static partial class ArcLength
{
    [Differentiable(Wrt = ["knots", "values"])]
    public static double Length(double[] knots, double[] values)
    {
        Func<double, double> slope = Slope(knots, values);
        return Integrate(t => Math.Sqrt(1 + slope(t) * slope(t)), knots[0], knots[^1], 1e-10);
    }

    [Differentiable(Wrt = ["values", "length"])]
    public static double PlaceAt(double[] knots, double[] values, double length)
    {
        var slope = Slope(knots, values);
        double Speed(double t) => Math.Sqrt(1 + slope(t) * slope(t));
        return Newton(t => Simpson(Speed, knots[0], t, 40) - length, Speed, knots[0] + length / 2);
    }

    private static double Simpson(Func<double, double> f, double a, double b, int panels)
    {
        double h = (b - a) / panels;
        return h / 6 * Enumerable.Range(0, panels).Sum(i => f(a + i * h) + 4 * f(a + (i + 0.5) * h) + f(a + (i + 1) * h));
    }

    /// <summary>The derivative of the cubic through the points whose slopes at the knots are those of the neighbours' chord.</summary>
    private static Func<double, double> Slope(double[] knots, double[] values)
    {
        int last = knots.Length - 1;
        double Tangent(int i) => (values[Math.Min(i + 1, last)] - values[Math.Max(i - 1, 0)]) / (knots[Math.Min(i + 1, last)] - knots[Math.Max(i - 1, 0)]);
        return t =>
        {
            int i = 0;
            while (i < last - 1 && t > knots[i + 1]) i++;
            double h = knots[i + 1] - knots[i], s = (t - knots[i]) / h;
            double chord = (values[i + 1] - values[i]) / h;
            return 6 * s * (1 - s) * chord + (1 - 4 * s + 3 * s * s) * Tangent(i) + (3 * s * s - 2 * s) * Tangent(i + 1);
        };
    }

    private static double Integrate(Func<double, double> f, double a, double b, double tolerance)
    {
        return Refine(a, b, f(a), f((a + b) / 2), f(b), 10);

        double Refine(double a, double b, double left, double middle, double right, int depth)
        {
            double m = (a + b) / 2, h = b - a;
            double early = f((a + m) / 2), late = f((m + b) / 2);
            double coarse = h / 6 * (left + 4 * middle + right);
            double fine = h / 12 * (left + 4 * early + 2 * middle + 4 * late + right);
            if (depth == 0 || Math.Abs(fine - coarse) < tolerance) return fine + (fine - coarse) / 15;
            return Refine(a, m, left, early, middle, depth - 1) + Refine(m, b, middle, late, right, depth - 1);
        }
    }

    private static double Newton(Func<double, double> f, Func<double, double> slope, double x, int steps = 6)
    {
        for (int i = 0; i < steps; i++) x -= f(x) / slope(x);
        return x;
    }
}
