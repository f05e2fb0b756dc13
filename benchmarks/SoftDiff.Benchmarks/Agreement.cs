using System.Numerics;

namespace SoftDiff.Benchmarks;

/// <summary>Whether two implementations compute the same.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-12;

    // Entries that are sums of cancelling terms carry the rounding errors of the terms.
    private const double Cancelled = 1e-2;

    // In units of the last place of the largest entry: sums of hundreds of terms, added in another order.
    private const double Reordered = 1000;

    /// <summary>Each number on its own.</summary>
    public static void Scalar(string what, double actual, double expected) => Check(what, actual, expected, Math.Abs(expected));

    /// <summary>Each entry on its own, but those below a hundredth of the largest relative to that hundredth.</summary>
    public static void Vector(string what, ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        SameLength(what, actual.Length, expected.Length);
        double largest = 0;
        foreach (double entry in expected) largest = Math.Max(largest, Math.Abs(entry));
        for (int i = 0; i < expected.Length; i++) Check($"{what}[{i}]", actual[i], expected[i], Math.Max(Math.Abs(expected[i]), Cancelled * largest));
    }

    /// <summary>Each entry relative to the largest, as far as sums in another order agree.</summary>
    public static void Rounded<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : IFloatingPointIeee754<T>
    {
        SameLength(what, actual.Length, expected.Length);
        T largest = T.Zero, rounding = T.BitIncrement(T.One) - T.One;
        foreach (T entry in expected) largest = T.Max(largest, T.Abs(entry));
        T bound = T.CreateTruncating(Reordered) * rounding * largest;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(T.Abs(actual[i] - expected[i]) <= bound)) throw new DisagreementException($"{what}[{i}] is {actual[i]} but {expected[i]} in a loop");
        }
    }

    public static void Bits<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : IFloatingPointIeee754<T>
    {
        SameLength(what, actual.Length, expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (actual[i].Equals(expected[i]) && T.IsNegative(actual[i]) == T.IsNegative(expected[i])) continue;
            throw new DisagreementException($"{what}[{i}] is {actual[i]} but {expected[i]} in a loop");
        }
    }

    public static void Symmetric(string what, ReadOnlySpan<double> matrix, int n)
    {
        double[] transposed = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++) transposed[(i % n * n) + (i / n)] = matrix[i];
        Vector(what, matrix, transposed);
    }

    /// <summary>Outputs start as NaN, so an entry that is not overwritten shows.</summary>
    public static void Dirty<T>(params IEnumerable<T[]> outputs)
        where T : IFloatingPointIeee754<T>
    {
        foreach (T[] output in outputs) Array.Fill(output, T.NaN);
    }

    private static void SameLength(string what, int actual, int expected)
    {
        if (actual != expected) throw new DisagreementException($"{what} has {actual} entries but the other {expected}");
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
