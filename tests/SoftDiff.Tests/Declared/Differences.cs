namespace SoftDiff.Tests.Declared;

/// <summary>Derivatives by extrapolated central differences, to compare with.</summary>
internal static class Differences
{
    /// <summary>The derivative of a function of one number.</summary>
    public static double Slope(Func<double, double> f, double at, double h = 1e-3)
    {
        double Central(double step) => (f(at + step) - f(at - step)) / (2 * step);
        var (fine, middle, coarse) = (Central(h), Central(2 * h), Central(4 * h));
        var (first, second) = (((4 * fine) - middle) / 3, ((4 * middle) - coarse) / 3);
        return ((16 * first) - second) / 15;
    }

    /// <summary>The row-major Jacobian of a function of arrays.</summary>
    public static double[] Jacobian(Func<double[], double[]> f, double[] at, double h = 1e-3)
    {
        var rows = f(at).Length;
        var jacobian = new double[rows * at.Length];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < at.Length; j++)
            {
                jacobian[(i * at.Length) + j] = Slope(
                    t =>
                    {
                        var moved = (double[])at.Clone();
                        moved[j] = t;
                        return f(moved)[i];
                    },
                    at[j], h);
            }
        }

        return jacobian;
    }

    /// <summary>Fails unless all elements agree, relative to the largest of the expected ones where that is above 1.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
