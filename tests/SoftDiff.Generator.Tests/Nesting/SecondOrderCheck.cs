using System.Globalization;
using System.Text;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Nesting;

/// <summary>Judges the two modes of a first derivative, taken as a method: by each other, and by differences of it.</summary>
internal static class SecondOrderCheck
{
    /// <summary>What is wrong, or null. An entry counts against differences only where those with two step sizes agree, and rounding does not hide it.</summary>
    /// <param name="onKink">Called for each entry that differences do not judge.</param>
    public static string? Run(Derivatives d, bool single, Action? onKink = null)
    {
        (double modes, double agree, double differences, double step) = single ? (2e-4, 2e-4, 2e-3, 5e-2) : (1e-9, 1e-7, 1e-6, 1e-2);
        double[] x = d.X;
        double[] y = d.Primal(x);
        StringBuilder complaints = new();
        double[][] columns = [.. Enumerable.Range(0, x.Length).Select(j => d.Jvp(x, Unit(x.Length, j))[1])];
        double[][] rows = [.. Enumerable.Range(0, y.Length).Select(i => d.Vjp(x, Unit(y.Length, i))[1])];
        Compare("value of Jvp", y, d.Jvp(x, Unit(x.Length, 0))[0], single ? 1e-5 : 1e-13);
        Compare("value of Vjp", y, d.Vjp(x, Unit(y.Length, 0))[0], single ? 1e-5 : 1e-13);
        for (int j = 0; j < x.Length && complaints.Length == 0; j++)
        {
            Compare($"Vjp, column {j}, against Jvp", columns[j], [.. rows.Select(row => row[j])], modes);
            if (d.Expected is not null) continue;
            double size = step * Math.Clamp(Math.Abs(x[j]), 1, 10);
            double[] coarse = Differences.Column(d.Primal, x, j, size), fine = Differences.Column(d.Primal, x, j, size / 2);
            for (int k = 0; k < y.Length; k++)
            {
                double scale = Math.Max(1, Math.Abs(fine[k]));
                // Differences of large values are as wrong as the values are rounded. The smallest step is 43 times smaller than the first.
                double rounding = 20 * (single ? 1.2e-7 : 2.2e-16) * Math.Abs(y[k]) / size;
                if (Math.Abs(coarse[k] - fine[k]) <= agree * scale && rounding <= differences * scale) Compare($"Jvp, entry {k} of column {j}, against differences", [fine[k]], [columns[j][k]], differences);
                else onKink?.Invoke();
            }
        }

        return complaints.Length == 0 ? null : complaints.ToString();

        void Compare(string what, double[] expected, double[] actual, double tolerance)
        {
            double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());
            for (int k = 0; k < expected.Length; k++)
            {
                // Written so that NaN fails.
                if (Math.Abs(expected[k] - actual[k]) <= tolerance * scale) continue;
                complaints.AppendLine(CultureInfo.InvariantCulture, $"{what}: entry {k} is {actual[k]:R}, expected {expected[k]:R}");
            }
        }
    }

    private static double[] Unit(int length, int at)
    {
        double[] unit = new double[length];
        if (length > 0) unit[at] = 1;
        return unit;
    }
}
