using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>Rows so large, or so large beside the softness, that squares and products overflow or digits are lost.</summary>
public sealed class RowScaleTests
{
    private static readonly double[] Row = [0.4e6, -1.2e6, 3e6, 0.1e6, 0.9e6, 0.4e6, -2e6];

    [Theory]
    [InlineData(1.125899906842624e15)]
    [InlineData(4.149515568880993e180)]
    [InlineData(1.0463951242053392e298)]
    public void Standardized_rows_do_not_depend_on_the_scale(double scale) => AssertScales<double>(scale, 1e-9);

    [Theory]
    [InlineData(1.8446744073709552e19)]
    [InlineData(2.535301200456459e30)]
    public void Standardized_rows_of_float_do_not_depend_on_the_scale(double scale) => AssertScales<float>(scale, 1e-4);

    [Fact]
    public void Equal_huge_elements_have_the_gradients_of_equal_elements()
    {
        var dX = new double[3];
        Soft.MaxVjp([1e300, 1e300, 1e300], 1, dX, out _);
        Assert.All(dX, d => Assert.True(double.IsFinite(d)));
    }

    [Fact]
    public void Rows_of_a_soft_permutation_are_probabilities_however_small_the_softness()
    {
        var random = Samples.Uniform(1, 17, -1, 1);
        double[][] rows = [random, [.. random.Select(x => Math.Round(3 * x))], [1, 2, 1e17], [-1.3, 0.2, 5, -7, 2.2, 0.9, 1.1], [1, 2, 1e17, 2, 1, -1e17]];
        foreach (var x in rows)
        {
            foreach (var softness in new[] { 1e6, 1, 1e-3, 1e-13, 1e-15, 1e-17, 1e-20, 1e-100, 5e-324 })
            {
                foreach (var mode in RowCases<double>.SoftModes)
                {
                    foreach (var method in RowCases<double>.PermutationMethods) AssertProbabilities(x, softness, mode, method, x.Length);
                }
            }
        }
    }

    private static void AssertProbabilities(double[] x, double softness, SoftMode mode, SortMethod method, int n)
    {
        var (p, y, dX) = (new double[n * n], new double[n], new double[n]);
        Soft.ArgSort(x, p, softness, mode, method);
        Soft.SortVjp(x, y, Samples.Uniform(2, n, -1, 1), dX, out _, softness, mode, method);
        for (var i = 0; i < n; i++)
        {
            var weights = p[(i * n)..((i + 1) * n)];
            Assert.All(weights, weight => Assert.True(weight >= 0, $"{method} {mode} s={softness}: {weight}"));
            Assert.Equal(1, weights.Sum(), 1e-9);
            Assert.InRange(y[i], x.Min() - 1e-9, x.Max() + (1e-9 * Math.Abs(x.Max())));
        }
    }

    private static void AssertScales<T>(double scale, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var large = Row.Select(x => T.CreateChecked(x * scale)).ToArray();
        var small = Row.Select(T.CreateChecked).ToArray();
        foreach (var row in Cases<T>())
        {
            // Averages scale with the row; ranks and weights stay, and their gradients scale inversely.
            var isAverage = !(row.Name.StartsWith("rank", StringComparison.Ordinal) || row.Name.StartsWith("arg", StringComparison.Ordinal)
                || row.Name.Contains("index", StringComparison.Ordinal));
            var c = Samples.Uniform(3, row.Length(Row.Length), -1, 1).Select(T.CreateChecked).ToArray();
            var t = Samples.Uniform(4, Row.Length, -1, 1);
            var (gradient, dSoftness) = row.Pullback(small, c);
            var (largeGradient, largeSoftness) = row.Pullback(large, c);
            var perUnit = isAverage ? 1e6 : 1;
            AssertNear(row, row.ValueAt(small), row.ValueAt(large), isAverage ? scale : 1, perUnit);
            AssertNear(row, gradient, largeGradient, isAverage ? 1 : 1 / scale, perUnit / 1e6);
            AssertNear(row, [dSoftness], [largeSoftness], isAverage ? scale : 1, perUnit);
            var tangents = row.Pushforward(small, [.. t.Select(x => T.CreateChecked(x * 1e6))], T.Zero);
            var largeTangents = row.Pushforward(large, [.. t.Select(x => T.CreateChecked(x * 1e6 * scale))], T.Zero);
            AssertNear(row, tangents, largeTangents, isAverage ? scale : 1, perUnit);
        }

        void AssertNear(RowCase<T> row, T[] expected, T[] actual, double factor, double magnitude)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                var (e, a) = (double.CreateChecked(expected[i]), double.CreateChecked(actual[i]) / factor);
                Assert.True(Math.Abs(e - a) <= tolerance * (magnitude + Math.Abs(e)) * 10, $"{row}: {a} for {e}");
            }
        }
    }

    private static IEnumerable<RowCase<T>> Cases<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RowCases<T>.Soft(0.1, true)
            .Concat(RowCases<T>.SoftModes.SelectMany(mode => RowCases<T>.Values(0.3, mode, SortMethod.FastSoftSort, true)))
            .Concat(RowCases<T>.SoftModes.SelectMany(mode => RowCases<T>.Of(0.1, mode, SortMethod.SortingNetwork, true)))
            .Concat(RowCases<T>.Of(0.1, SoftMode.Smooth, SortMethod.OptimalTransport, true));
}
