using System.Globalization;
using System.Reflection;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>Compares the companions of a program with its reference, at every point.</summary>
internal static class Judge
{
    /// <summary>What is wrong, as <c>what: details</c>; null if nothing is.</summary>
    public static string? Complaint(Subject subject, Assembly assembly)
    {
        Type adapter = assembly.GetType($"{ProbeAdapter.Namespace}.{subject.Name}", throwOnError: true)!;
        for (int point = 0; point < subject.Reference.Count; point++)
        {
            Tolerance tolerance = subject.Probe!.Single || subject.Probe.Points[point].Arguments.ContainsValue("float") ? Tolerance.Single
                : Tolerance.Double;
            PointJudge judge = new(subject.Reference[point], tolerance, name => adapter.GetMethod($"{name}_{point}"));
            if (judge.Complaint() is { } complaint) return $"{complaint}\n    at {subject.Probe.Points[point].Line}";
        }

        return null;
    }
}

/// <summary>Bounds on the error, relative to the largest entry of what is compared but at least to 1.</summary>
internal sealed record Tolerance(double Value, double Derivative)
{
    public static readonly Tolerance Double = new(Value: 1e-13, Derivative: 1e-10);

    /// <summary>For programs that round to single precision.</summary>
    public static readonly Tolerance Single = new(Value: 1e-5, Derivative: 1e-4);
}

/// <summary>The comparison at one point.</summary>
internal sealed class PointJudge(ReferencePoint reference, Tolerance tolerance, Func<string, MethodInfo?> adapter)
{
    private delegate double[][] Companion(double[] x, double[] seed);

    public string? Complaint()
    {
        double[] y = adapter("Primal")!.CreateDelegate<Func<double[], double[]>>()(reference.X);
        return Differs("value of the method", reference.Y, y, tolerance.Value)
            ?? Forward(y)
            ?? Reverse("Vjp", y, Seeds(y.Length))
            ?? (y.Length == 0 ? null : Reverse("Grad", y, [Unit(y.Length, 0), First(Seeds(y.Length)[^1])]));
    }

    private string? Forward(double[] y)
    {
        Companion jvp = adapter("Jvp")!.CreateDelegate<Companion>();
        foreach (double[] t in Seeds(reference.X.Length))
        {
            double[] expected = new double[y.Length];
            for (int j = 0; j < t.Length; j++)
            {
                for (int i = 0; i < y.Length; i++) expected[i] += reference.Columns[j][i] * t[j];
            }

            if (Compare("Jvp", t, expected, y, jvp(reference.X, t)) is { } complaint) return complaint;
        }

        return null;
    }

    private string? Reverse(string name, double[] y, double[][] seeds)
    {
        if (adapter(name) is not { } method) return null;
        Companion companion = method.CreateDelegate<Companion>();
        foreach (double[] c in seeds)
        {
            double[] expected = [.. reference.Columns.Select(column => column.Zip(c, (entry, seed) => entry * seed).Sum())];
            if (Compare(name, c, expected, y, companion(reference.X, c)) is { } complaint) return complaint;
        }

        return null;
    }

    private string? Compare(string name, double[] seed, double[] expected, double[] y, double[][] actual)
    {
        double scale = reference.Columns.SelectMany(column => column).Select(Math.Abs).DefaultIfEmpty().Max();
        return Differs($"value of {name}", y, actual[0], tolerance.Value)
            ?? (Differs(name, expected, actual[1], tolerance.Derivative * Math.Max(1, scale)) is { } complaint
                ? $"{complaint}\n    for the seed [{Text(seed)}]" : null);
    }

    /// <summary>
    /// All units, which show terms that are lost, and a vector of different entries, which shows terms that are mixed up.
    /// </summary>
    private static double[][] Seeds(int length) =>
        [.. Enumerable.Range(0, length).Select(i => Unit(length, i)), [.. Enumerable.Range(0, length).Select(Entry)]];

    private static double Entry(int i) => (i % 2 == 0 ? 1 : -1) * (0.3 + (0.37 * (i % 5)));

    private static double[] Unit(int length, int i)
    {
        double[] unit = new double[length];
        unit[i] = 1;
        return unit;
    }

    /// <summary><c>Grad</c> has no seed for the result; 1 is what it stands for.</summary>
    private static double[] First(double[] seed)
    {
        seed[0] = 1;
        return seed;
    }

    private static string? Differs(string what, double[] expected, double[] actual, double tolerance)
    {
        double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        bool same = expected.Length == actual.Length && expected.Zip(actual, (a, b) => Math.Abs(a - b) <= tolerance * scale)
            .All(close => close);
        return same ? null : $"{what}: [{Text(actual)}] instead of [{Text(expected)}]";
    }

    private static string Text(double[] values) =>
        string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
