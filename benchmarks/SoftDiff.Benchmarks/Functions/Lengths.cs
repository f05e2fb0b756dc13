using System.Diagnostics.CodeAnalysis;

namespace SoftDiff.Benchmarks.Functions;

/// <summary>The check that generated gradients make, for those written by hand.</summary>
internal static class Lengths
{
    public static void Same(int actual, int expected, string parameter)
    {
        if (actual != expected) Throw(actual, expected, parameter);
    }

    [DoesNotReturn]
    private static void Throw(int actual, int expected, string parameter)
        => throw new ArgumentException($"The length of {parameter} is {actual} and has to be {expected}.", parameter);
}
