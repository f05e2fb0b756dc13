namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>Sums of soft distances |d| (2σ(|d|) - 1) and what follows from them, beside sums over pairs written out.</summary>
public sealed class DistanceSumsTests
{
    [Theory]
    [InlineData(127, 10)]
    [InlineData(128, 0)]
    [InlineData(128, 1e-9)]
    [InlineData(129, 1)]
    [InlineData(200, 10)]
    [InlineData(300, 100)]
    [InlineData(300, 1e4)]
    [InlineData(300, 1e150)]
    public void Sums_are_those_over_pairs(int n, double spread) => Check(Samples.Uniform(n, n, 0, spread), n);

    [Fact]
    public void Gaps_of_all_sizes_and_ties_are_right()
    {
        var x = new double[200];
        for (var i = 1; i < x.Length; i++) x[i] = x[i - 1] + (i % 7) switch { 0 => 0, 1 => 1.75, 2 => 45, 3 => 0.01, 4 => 3, 5 => 800, _ => 0.5 };
        Check(x, 7);
    }

    private static void Check(double[] x, int seed)
    {
        Array.Sort(x);
        var n = x.Length;
        var (numbers, tangents) = (Padded(Samples.Uniform(seed + 1, n, -1, 1)), Padded(Samples.Uniform(seed + 2, n, -1, 1)));
        double[] memory = Padded([]), exponentials = Padded([]), value = Padded([]), excess = Padded([]), tangent = Padded([]), cotangent = Padded([]);
        var sums = new DistanceSums(SoftMode.Smooth, x, memory, exponentials);
        sums.Value(value);
        sums.Excess(excess);
        sums.Tangents(tangents, tangent);
        var total = sums.Pullback(numbers, cotangent);

        var expectedTotal = 0.0;
        for (var i = 0; i < n; i++)
        {
            double ownDistance = 0, ownValue = 0, ownExcess = 0, ownTangent = 0, ownCotangent = 0;
            for (var j = 0; j < n; j++)
            {
                var d = Math.Abs(x[i] - x[j]);
                var (e, sign) = (Math.Exp(-d), Math.Sign(x[i] - x[j]));
                var slope = ((1 - e) / (1 + e)) + (e == 0 ? 0 : 2 * d * e / ((1 + e) * (1 + e)));
                var pair = e == 0 ? 0 : 2 * d * d * e / ((1 + e) * (1 + e));
                ownDistance += d;
                ownValue += d * (1 - e) / (1 + e);
                ownExcess += pair;
                ownTangent += slope * sign * (tangents[i] - tangents[j]);
                ownCotangent += slope * sign * (numbers[i] + numbers[j]);
                expectedTotal += numbers[i] * pair;
            }

            Near(ownValue, value[i], ownDistance);
            Near(ownExcess, excess[i], n);
            Near(ownTangent, tangent[i], n);
            Near(ownCotangent, cotangent[i], n);
        }

        Near(expectedTotal, total, n * n);

        double[] Padded(double[] elements) => [.. elements, .. new double[n + VectorKernel.Padding - elements.Length]];
        static void Near(double expected, double actual, double scale) => Assert.InRange(actual, expected - (1e-13 * scale), expected + (1e-13 * scale));
    }
}
