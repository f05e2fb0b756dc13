using System.Globalization;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>One number of a reference row.</summary>
/// <param name="Quantity">The part of the row.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Reference">The number; of a tangent, which has no reference, ours.</param>
internal readonly record struct Number(Quantity Quantity, int Index, double Reference);

/// <summary>What a number may be off by.</summary>
/// <param name="Error">How much.</param>
/// <param name="Unit">What the table of tolerances counts in.</param>
/// <param name="Noise">How much of it is for the noise of the reference.</param>
/// <param name="Excuse">The known difference for which it may be wider, if there is one.</param>
internal readonly record struct Allowed(double Error, double Unit, double Noise, KnownDifference? Excuse);

/// <summary>
/// How far from its reference a number of one row may be: <see cref="Margin"/> times the largest error seen in the rows of its operator and method, which
/// tolerances.tsv lists. For double the noise of the reference comes on top.
/// </summary>
internal sealed class Tolerance(GoldenRow row, bool single)
{
    public const int Margin = 10;

    private readonly KnownDifference[] differences = [.. KnownDifferences.All.Where(d => d.AppliesTo(row, single))];
    private readonly double seen = SeenErrors.Of(row, single);

    public Allowed Of(Number number)
    {
        var ordinary = Ordinary(number.Quantity, double.IsFinite(number.Reference) ? double.Abs(number.Reference) : 0);
        foreach (var difference in differences)
        {
            var error = difference.Error(row, number);
            if (error > 0) ordinary = ordinary with { Error = double.Max(ordinary.Error, error), Excuse = difference };
        }

        return ordinary;
    }

    // The slopes of soft operators are of the size 1 / s, and so are rounding errors of floats.
    private Allowed Ordinary(Quantity quantity, double magnitude)
    {
        var unit = single ? double.Max(double.Max(1, magnitude), 1 / row.Softness) : 1 + magnitude;
        var moved = single ? 0 : quantity switch { Quantity.Output => row.NoiseOutput, Quantity.Tangent => 0, _ => row.NoiseGrads };
        return new Allowed(Margin * ((seen * unit) + moved), unit, Margin * moved, null);
    }
}

/// <summary>
/// The largest errors seen, on vector units of 512, 256 and 128 bits, by operator and method. GoldenTests prints those of a run in the same form.
/// </summary>
internal static class SeenErrors
{
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "tolerances.tsv");

    public static IReadOnlyDictionary<string, (double Double, double Single)> All { get; } = File.ReadLines(Path)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t'))
        .ToDictionary(cells => cells[0], cells => (Parse(cells[1]), Parse(cells[2])), StringComparer.Ordinal);

    public static string Key(GoldenRow row) => row.Method is { } method ? $"{row.Op} {method}" : row.Op;

    public static double Of(GoldenRow row, bool single) => single ? All[Key(row)].Single : All[Key(row)].Double;

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
