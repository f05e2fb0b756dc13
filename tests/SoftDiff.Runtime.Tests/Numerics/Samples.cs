using System.Numerics;

namespace SoftDiff.Runtime.Tests;

internal static class Samples
{
    /// <summary>Every length at which a loop over vectors of any width takes another path.</summary>
    public static IEnumerable<int> Lengths => [.. Enumerable.Range(1, (8 * 16) + 3), 1023, 1024, 1025, 3001];

    public static double[] Uniform(int seed, int count, double low, double high)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextDouble())).ToArray();
    }

    public static T[] As<T>(this IEnumerable<double> values)
        where T : INumberBase<T> => values.Select(T.CreateTruncating).ToArray();
}
