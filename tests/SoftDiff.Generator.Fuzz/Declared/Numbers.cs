using System.Globalization;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>Comparisons of what calls give.</summary>
internal static class Numbers
{
    /// <summary>What differs, relative to the largest number but at least to 1; null if nothing does.</summary>
    public static string? Differ(string what, double[] expected, double[] actual, double tolerance)
    {
        double scale = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty().Max());

        // Written so that NaN fails.
        bool same = expected.Length == actual.Length
            && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * scale);
        return same ? null : Complaint(what, expected, actual);
    }

    public static string? DifferInBits(string what, double[] expected, double[] actual)
    {
        bool same = expected.Length == actual.Length && expected.Zip(actual).All(pair =>
            BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second)
                || (double.IsNaN(pair.First) && double.IsNaN(pair.Second)));
        return same ? null : Complaint(what, expected, actual);
    }

    private static string Complaint(string what, double[] expected, double[] actual) =>
        $"{what}: [{Text(actual)}] instead of [{Text(expected)}]";

    private static string Text(double[] numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
