namespace SoftDiff.Tests.Programs.Lighting;

/// <summary>The light from a direction, by real spherical harmonics: a static table, recurrences, and a list of coefficients.</summary>
public static partial class SphericalHarmonics
{
    private static readonly double[] Factorials = BuildFactorials(33);

    private static double[] BuildFactorials(int n)
    {
        var result = new double[n + 1];
        result[0] = 1;
        for (int i = 1; i <= n; i++) result[i] = result[i - 1] * i;
        return result;
    }

    private static double Legendre(int l, int m, double x)
    {
        double pmm = 1.0;
        if (m > 0)
        {
            double somx2 = Math.Sqrt((1.0 - x) * (1.0 + x));
            double fact = 1.0;
            for (int i = 1; i <= m; i++)
            {
                pmm *= -fact * somx2;
                fact += 2.0;
            }
        }
        if (l == m) return pmm;
        double pmmp1 = x * (2.0 * m + 1.0) * pmm;
        if (l == m + 1) return pmmp1;
        double pll = 0.0;
        for (int ll = m + 2; ll <= l; ++ll)
        {
            pll = ((2.0 * ll - 1.0) * x * pmmp1 - (ll + m - 1.0) * pmm) / (ll - m);
            pmm = pmmp1;
            pmmp1 = pll;
        }
        return pll;
    }

    private static double K(int l, int m) => Math.Sqrt((2.0 * l + 1.0) * Factorials[l - m] / (4.0 * Math.PI * Factorials[l + m]));

    public static double Y(int l, int m, double theta, double phi)
    {
        const double sqrt2 = 1.4142135623730951;
        return m switch
        {
            0 => K(l, 0) * Legendre(l, 0, Math.Cos(theta)),
            > 0 => sqrt2 * K(l, m) * Math.Cos(m * phi) * Legendre(l, m, Math.Cos(theta)),
            _ => sqrt2 * K(l, -m) * Math.Sin(-m * phi) * Legendre(l, -m, Math.Cos(theta)),
        };
    }

    [Differentiable]
    public static double Radiance(IReadOnlyList<double> coefficients, int bands, (double X, double Y, double Z) direction)
    {
        if (coefficients.Count != bands * bands)
            throw new ArgumentException($"expected {bands * bands} coefficients, got {coefficients.Count}", nameof(coefficients));
        var (x, y, z) = direction;
        double length = Math.Sqrt(x * x + y * y + z * z);
        double theta = Math.Acos(z / length);
        double phi = Math.Atan2(y, x);
        double sum = 0;
        int index = 0;
        for (int l = 0; l < bands; l++)
            for (int m = -l; m <= l; m++)
                sum += coefficients[index++] * Y(l, m, theta, phi);
        return sum;
    }
}
