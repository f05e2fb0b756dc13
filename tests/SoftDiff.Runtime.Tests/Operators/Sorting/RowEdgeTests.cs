namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>Rows at the edges: one element, equal ones, none that can be compared, huge ones.</summary>
public sealed class RowEdgeTests
{
    private static IEnumerable<RowCase<double>> All => RowCases<double>.Soft(0.1, true).Concat(RowCases<double>.Soft(0.1, false))
        .Concat(RowCases<double>.Of(0.1, SoftMode.Hard, SortMethod.NeuralSort, true));

    [Fact]
    public void A_row_of_one_element_is_its_own_order()
    {
        foreach (var row in All)
        {
            var y = Assert.Single(row.ValueAt([3.5]));
            var expected = row.Name.Contains("logarithms", StringComparison.Ordinal) ? 0
                : row.Name.StartsWith("rank", StringComparison.Ordinal) || row.Name.Contains("arg", StringComparison.Ordinal)
                    || row.Name.Contains("index", StringComparison.Ordinal) ? 1 : 3.5;
            Assert.Equal(expected, y, 1e-14);
        }
    }

    [Fact]
    public void Equal_elements_share_alike()
    {
        foreach (var row in RowCases<double>.Soft(0.1, true).Concat(RowCases<double>.Soft(0.1, false)))
        {
            var y = row.ValueAt([2.5, 2.5, 2.5, 2.5]);
            Assert.All(y, entry => Assert.Equal(y[0], entry, 1e-14));
        }
    }

    [Fact]
    public void Nan_makes_everything_nan()
    {
        foreach (var row in All)
        {
            foreach (var at in new[] { 0, 3, 4 })
            {
                double[] x = [0.5, -1, 2, 0.25, 1];
                x[at] = double.NaN;
                AssertNan(row, x);
            }
        }
    }

    [Fact]
    public void An_infinite_element_makes_everything_nan_unless_hard()
    {
        foreach (var row in RowCases<double>.Soft(0.1, true).Concat(RowCases<double>.Soft(0.1, false)))
        {
            AssertNan(row, [0.5, double.PositiveInfinity, 2, 1]);
            AssertNan(row, [0.5, double.NegativeInfinity, 2, double.PositiveInfinity]);
        }

        var options = new SortOptions<double>(0.1, SoftMode.Hard, SortMethod.NeuralSort, true);
        var y = new double[3];
        new SortRow<double>(options, descending: true).Value([1, double.PositiveInfinity, double.NegativeInfinity], y);
        Assert.Equal([double.PositiveInfinity, 1, double.NegativeInfinity], y);
    }

    /// <summary>The next element has no part where the position is an integer, even if it is infinite.</summary>
    [Fact]
    public void A_hard_quantile_at_an_element_is_that_element()
    {
        double[] x = [1, double.PositiveInfinity, 2];
        Assert.Equal(2, Soft.Median(x, mode: SoftMode.Hard));
        Assert.Equal(2, Soft.Quantile(x, 0.5, mode: SoftMode.Hard));
        Assert.Equal(double.PositiveInfinity, Soft.Quantile(x, 0.75, mode: SoftMode.Hard));
        Assert.Equal(double.NegativeInfinity, Soft.Median([1, double.NegativeInfinity, 2, double.NegativeInfinity], mode: SoftMode.Hard));
        Soft.MedianJvp(x, [1, 1, 3], 0, out var tResult, mode: SoftMode.Hard);
        Assert.Equal(3, tResult);
    }

    [Fact]
    public void Extreme_scales_give_numbers()
    {
        double[][] rows = [[1e6, -1e6, 0, 5e5, 3], [1e-300, 0, -1e-300, 2e-300], [1e100, 2e100, -1e100], [0, -0.0, 5e-324]];
        foreach (var softness in new[] { 1e-6, 1e-3, 10, 1e6 })
        {
            foreach (var row in RowCases<double>.Soft(softness, true).Concat(RowCases<double>.Soft(softness, false)))
            {
                foreach (var x in rows)
                {
                    var (gradient, dSoftness) = row.Pullback(x, Samples.Uniform(1, row.Length(x.Length), -1, 1));
                    Assert.All(row.ValueAt(x), y => Assert.False(double.IsNaN(y), $"{row}"));
                    Assert.All(gradient, y => Assert.True(double.IsFinite(y), $"{row}"));
                    Assert.True(double.IsFinite(dSoftness), $"{row}");
                }
            }
        }
    }

    [Fact]
    public void A_small_softness_gives_the_hard_order()
    {
        foreach (var standardize in new[] { true, false })
        {
            var x = Enumerable.Range(0, 40).Select(i => (double)((i * 7) % 40)).ToArray();
            foreach (var method in RowCases<double>.PermutationMethods)
            {
                foreach (var mode in RowCases<double>.SoftModes)
                {
                    var soft = RowCases<double>.Of(1e-4, mode, method, standardize).Where(r => !r.Name.Contains("logarithms", StringComparison.Ordinal));
                    var hard = RowCases<double>.Of(1e-4, SoftMode.Hard, method, standardize)
                        .Where(r => !r.Name.Contains("logarithms", StringComparison.Ordinal));
                    foreach (var (row, other) in soft.Zip(hard))
                    {
                        var (expected, actual) = (other.ValueAt(x), row.ValueAt(x));
                        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 1e-9, $"{row}: {actual[i]} for {expected[i]}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        foreach (var n in new[] { 3, 34 })
        {
            var x = Samples.Uniform(1, n, -2, 2);
            var (single, d, ds) = (x.As<float>(), new double[n], new float[n]);
            foreach (var row in RowCases<double>.Soft(0.1, true).Concat(RowCases<double>.Of(0.1, SoftMode.Hard, SortMethod.SoftSort, true)))
            {
                var (y, t) = (new double[row.Length(n)], new double[row.Length(n)]);
                Allocations.AssertNone(() =>
                {
                    row.Value(x, y);
                    row.Vjp(x, y, t, d);
                    row.Jvp(x, d, 1, y, t);
                });
            }

            foreach (var row in RowCases<float>.Soft(0.1, true))
            {
                var (y, t) = (new float[row.Length(n)], new float[row.Length(n)]);
                Allocations.AssertNone(() =>
                {
                    row.Value(single, y);
                    row.Vjp(single, y, t, ds);
                    row.Jvp(single, ds, 1, y, t);
                });
            }
        }
    }

    private static void AssertNan(RowCase<double> row, double[] x)
    {
        var n = x.Length;
        var (y, dX, tY) = (new double[row.Length(n)], new double[n], new double[row.Length(n)]);
        Assert.All(row.ValueAt(x), v => Assert.True(double.IsNaN(v), $"{row}"));
        Assert.True(double.IsNaN(row.Vjp(x, y, new double[y.Length], dX)), $"{row}");
        Assert.All(y, v => Assert.True(double.IsNaN(v)));
        Assert.All(dX, v => Assert.True(double.IsNaN(v), $"{row}"));
        row.Jvp(x, new double[n], 0, y, tY);
        Assert.All(y, v => Assert.True(double.IsNaN(v)));
        Assert.All(tY, v => Assert.True(double.IsNaN(v), $"{row}"));
    }
}
