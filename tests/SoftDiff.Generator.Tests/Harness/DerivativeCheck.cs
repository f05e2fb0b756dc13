using System.Globalization;
using System.Text;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>A method and its companions over flat vectors (see <see cref="ProbeAdapter"/>) at one point.</summary>
/// <param name="HasResult">Whether output 0 is the method's result.</param>
/// <param name="Grad">Null if the method has no result.</param>
/// <param name="Expected">Gradients stated by hand (NaN: not stated), or null if differences are the judge.</param>
internal sealed record Derivatives(
    double[] X,
    bool HasResult,
    Func<double[], double[]> Primal,
    Func<double[], double[], double[][]>? Grad,
    Func<double[], double[], double[][]> Vjp,
    Func<double[], double[], double[][]> Jvp,
    double[]? Expected);

/// <summary>Bounds on the error, relative to the largest entry of what is compared but at least to 1.</summary>
internal sealed record Tolerances(double Value, double Modes, double Differences, double Step)
{
    /// <summary>For methods that compute in double precision.</summary>
    public static readonly Tolerances Double = new(Value: 1e-15, Modes: 1e-12, Differences: 1e-8, Step: 1e-2);

    /// <summary>For methods that round to single precision: differences of rounded values have few digits.</summary>
    public static readonly Tolerances Single = new(Value: 1e-6, Modes: 1e-5, Differences: 1e-3, Step: 5e-2);
}

/// <summary>
/// Judges companions: same values as the primal, the two modes are transposes of each other, and both agree with differences. Each of the
/// three finds what the others miss: the first a wrong forward sweep, the second errors below the resolution of differences, the third an
/// error common to both modes.
/// </summary>
internal static class DerivativeCheck
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Run(Derivatives d, Tolerances tolerances, int seed)
    {
        Complaints complaints = new();
        double[] x = d.X;
        double[] y = d.Primal(x);
        complaints.Finite("primal", y);
        Random random = new(seed);

        double[][] columns = new double[x.Length][];
        for (int j = 0; j < x.Length; j++)
        {
            double[] unit = new double[x.Length];
            unit[j] = 1;
            double[][] jvp = d.Jvp(x, unit);
            complaints.Close($"value of Jvp (tangent {j})", y, jvp[0], tolerances.Value);
            complaints.Finite($"Jvp (tangent {j})", jvp[1]);
            columns[j] = jvp[1];
        }

        double[][] rows = new double[y.Length][];
        for (int i = 0; i < y.Length; i++)
        {
            double[] unit = new double[y.Length];
            unit[i] = 1;
            double[][] vjp = d.Vjp(x, unit);
            complaints.Close($"value of Vjp (cotangent {i})", y, vjp[0], tolerances.Value);
            complaints.Finite($"Vjp (cotangent {i})", vjp[1]);
            rows[i] = vjp[1];
        }

        if (complaints.Any)
        {
            return complaints.ToString();
        }

        for (int trial = 0; trial < 3; trial++)
        {
            double[] c = RandomVector(random, y.Length);
            double[] t = RandomVector(random, x.Length);
            double[] forward = d.Jvp(x, t)[1];
            double[] backward = d.Vjp(x, c)[1];
            double scale = c.Zip(forward, (a, b) => Math.Abs(a * b)).Sum() + t.Zip(backward, (a, b) => Math.Abs(a * b)).Sum();
            double left = c.Zip(forward, (a, b) => a * b).Sum();
            double right = t.Zip(backward, (a, b) => a * b).Sum();
            complaints.Require(
                Math.Abs(left - right) <= tolerances.Modes * Math.Max(scale, 1e-3),
                $"<c, J t> = {Text(left)} but <J'c, t> = {Text(right)}");

            // The products must also be linear in the seed: a seed that is lost or used twice is not seen by unit vectors alone.
            complaints.Close("Jvp of a sum of unit tangents", Combine(columns, t, y.Length), forward, tolerances.Modes * 10);
            complaints.Close("Vjp of a sum of unit cotangents", Combine(rows, c, x.Length), backward, tolerances.Modes * 10);

            if (d.Grad is not null)
            {
                double[][] grad = d.Grad(x, c);
                c[0] = 1;
                complaints.Close("value of Grad", y, grad[0], tolerances.Value);
                complaints.Close("Grad against Vjp with cotangent 1", d.Vjp(x, c)[1], grad[1], tolerances.Modes);
            }
        }

        if (d.Expected is { } expected)
        {
            for (int j = 0; j < x.Length; j++)
            {
                if (!double.IsNaN(expected[j]))
                {
                    complaints.Close($"gradient stated by hand, entry {j}", [expected[j]], [rows[0][j]], tolerances.Modes);
                    complaints.Close($"tangent by the gradient stated by hand, entry {j}", [expected[j]], [columns[j][0]], tolerances.Modes);
                }
            }

            return complaints.ToString();
        }

        for (int j = 0; j < x.Length; j++)
        {
            double[] differences = Differences.Column(d.Primal, x, j, tolerances.Step * Math.Clamp(Math.Abs(x[j]), 1, 10));
            complaints.Close($"Jvp (tangent {j}) against differences", differences, columns[j], tolerances.Differences);
            complaints.Close($"Vjp, entry {j} of each row, against differences", differences, [.. rows.Select(row => row[j])], tolerances.Differences);
        }

        return complaints.ToString();
    }

    /// <summary>Away from zero, so that no product hides a missing term.</summary>
    private static double[] RandomVector(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (0.25 + random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1))];

    private static double[] Combine(double[][] vectors, double[] weights, int length)
    {
        double[] sum = new double[length];
        for (int j = 0; j < vectors.Length; j++)
        {
            for (int k = 0; k < length; k++)
            {
                sum[k] += weights[j] * vectors[j][k];
            }
        }

        return sum;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Complaints
    {
        private readonly StringBuilder _text = new();

        public bool Any => _text.Length > 0;

        public void Require(bool condition, string complaint)
        {
            if (!condition && _text.Length < 4000)
            {
                _text.AppendLine(complaint);
            }
        }

        public void Finite(string what, double[] values) =>
            Require(values.All(double.IsFinite), $"{what} is not finite: {string.Join(", ", values.Select(Text))}");

        public void Close(string what, double[] expected, double[] actual, double tolerance)
        {
            Require(expected.Length == actual.Length, $"{what}: {actual.Length} entries instead of {expected.Length}");
            double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());
            for (int k = 0; k < Math.Min(expected.Length, actual.Length); k++)
            {
                // Written so that NaN fails.
                bool close = Math.Abs(expected[k] - actual[k]) <= tolerance * scale;
                Require(close, $"{what}: entry {k} is {Text(actual[k])}, expected {Text(expected[k])}");
            }
        }

        public override string? ToString() => Any ? _text.ToString() : null;
    }
}
