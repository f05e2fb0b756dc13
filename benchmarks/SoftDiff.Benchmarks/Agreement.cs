namespace SoftDiff.Benchmarks;

/// <summary>Whether two implementations compute the same.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-12;

    // Entries that are sums of cancelling terms carry the rounding errors of the terms.
    private const double Cancelled = 1e-2;

    /// <summary>Each number on its own.</summary>
    public static void Scalar(string what, double actual, double expected) => Check(what, actual, expected, Math.Abs(expected));

    /// <summary>Each entry on its own, but those below a hundredth of the largest relative to that hundredth.</summary>
    public static void Vector(string what, ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length) throw new DisagreementException($"{what} has {actual.Length} entries but {expected.Length} by hand");
        double largest = 0;
        foreach (double entry in expected) largest = Math.Max(largest, Math.Abs(entry));
        for (int i = 0; i < expected.Length; i++) Check($"{what}[{i}]", actual[i], expected[i], Math.Max(Math.Abs(expected[i]), Cancelled * largest));
    }

    private static void Check(string what, double actual, double expected, double scale)
    {
        // Written so that NaN fails.
        if (!(Math.Abs(actual - expected) <= Tolerance * scale))
        {
            throw new DisagreementException($"{what} is {actual:R} but {expected:R} by hand");
        }
    }
}

internal sealed class DisagreementException(string message) : Exception(message);
