namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>The fast ways of SoftSort and NeuralSort against the formulas, and against each other.</summary>
public sealed class PermutationTests
{
    public static TheoryData<SortMethod, SoftMode, double> Kinds
    {
        get
        {
            var data = new TheoryData<SortMethod, SoftMode, double>();
            foreach (var method in RowCases<double>.PermutationMethods)
            {
                foreach (var mode in RowCases<double>.SoftModes)
                {
                    foreach (var softness in new[] { 0.003, 0.1, 1, 20 }) data.Add(method, mode, softness);
                }
            }

            return data;
        }
    }

    private static IEnumerable<double[]> Rows =>
    [
        [0.3], [1, 0], [2, 2, 2], [0, 1, 0, 1, 1], [.. Samples.Uniform(1, 33, -1, 1)],
        [.. Samples.Uniform(2, 120, -1, 1)], // in general position
        [.. Samples.Uniform(3, 60, 0, 1), .. Samples.Uniform(4, 60, 7, 8)], // two clusters
        [.. Enumerable.Range(0, 90).Select(i => (double)(i * 7 % 13))], // many ties
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_values_and_ranks_follow_the_formulas(SortMethod method, SoftMode mode, double softness)
    {
        var options = new SortOptions<double>(softness, mode, method, Standardize: false);
        foreach (var x in Rows)
        {
            // The logits of NeuralSort are differences of sums as large as this, here and in the formula.
            var n = x.Length;
            var size = n * (x.Max() - x.Min()) / softness;
            void AssertClose(double expected, double actual) =>
                Assert.True(Math.Abs(expected - actual) <= (2e-11 + (1e-15 * size)) * (1 + Math.Abs(expected)), $"{actual} instead of {expected}");
            var expected = method == SortMethod.SoftSort ? PlainPermutation.SoftSort(x, softness, mode) : PlainPermutation.NeuralSort(x, softness, mode);
            var (p, y, ranks) = (new double[n * n], new double[n], new double[n]);
            new ArgSortRow<double>(options, descending: false).Value(x, p);
            new SortRow<double>(options, descending: false).Value(x, y);
            new RankRow<double>(options, descending: false).Value(x, ranks);
            for (var r = 0; r < n; r++)
            {
                AssertClose(expected[r].Zip(x, (weight, v) => weight * v).Sum(), y[r]);
                for (var j = 0; j < n; j++) AssertClose(expected[r][j], p[(r * n) + j]);
            }

            var sorted = x.Order().ToArray();
            for (var i = 0; i < n; i++)
            {
                double[] weights = method == SortMethod.SoftSort
                    ? PlainPermutation.Project([.. sorted.Select(a => -Math.Abs(x[i] - a) / softness)], mode)
                    : [.. Enumerable.Range(0, n).Select(r => expected[r][i] / Math.Max(1e-10, expected.Sum(row => row[i])))];
                AssertClose(weights.Select((weight, r) => weight * (r + 1)).Sum() / n, ranks[i] / n);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_have_the_derivatives_of_the_averages_by_the_rows(SortMethod method, SoftMode mode, double softness)
    {
        var options = new SortOptions<double>(softness, mode, method, Standardize: false);
        foreach (var x in Rows)
        {
            var n = x.Length;
            var c = Samples.Uniform(n, n, -1, 1);
            var (p, cP, ofRows, actual) = (new double[n * n], new double[n * n], new double[n], new double[n]);
            for (var i = 0; i < n * n; i++) cP[i] = c[i / n] * x[i % n];
            var expectedSoftness = new ArgSortRow<double>(options, descending: true).Vjp(x, p, cP, ofRows);
            var softnessGradient = new SortRow<double>(options, descending: true).Vjp(x, default, c, actual);

            var scale = 1 + (x.Max() - x.Min()) / softness;
            AssertClose(expectedSoftness / scale, softnessGradient / scale);
            for (var j = 0; j < n; j++)
            {
                var direct = Enumerable.Range(0, n).Sum(r => c[r] * p[(r * n) + j]);
                AssertClose((ofRows[j] + direct) / scale, actual[j] / scale);
            }
        }
    }

    [Fact]
    public void The_largest_is_the_first_in_descending_order_and_the_top_one()
    {
        var x = Samples.Uniform(8, 40, -1, 1);
        foreach (var method in RowCases<double>.PermutationMethods)
        {
            foreach (var mode in RowCases<double>.SoftModes)
            {
                var options = new SortOptions<double>(0.2, mode, method, Standardize: true);
                var (all, first, top, last) = (new double[1600], new double[40], new double[120], new double[40]);
                new ArgSortRow<double>(options, descending: true).Value(x, all);
                new ArgMaxRow<double>(options).Value(x, first);
                new TopKIndexRow<double>(options, 3).Value(x, top);
                new ArgMinRow<double>(options).Value(x, last);
                for (var j = 0; j < 40; j++)
                {
                    AssertClose(all[j], first[j]);
                    AssertClose(all[1560 + j], last[j]);
                    for (var r = 0; r < 3; r++) AssertClose(all[(r * 40) + j], top[(r * 40) + j]);
                }
            }
        }
    }

    [Fact]
    public void Anchors_of_equal_elements_are_those_of_stable_sorts()
    {
        // By SoftSort, and with a softness so small that only equal elements share: the derivative of an anchor's row shows whose anchor it is.
        double[] x = [1, 0, 1, 1];
        var options = new SortOptions<double>(0.4, SoftMode.C1, SortMethod.SoftSort, Standardize: false);
        double[] Tangent(RowCase<double> row, int of) => row.Pushforward(x, [.. Enumerable.Range(0, 4).Select(i => i == of ? 1.0 : 0)], 0);

        var ascending = RowCase<double>.Of("", new ArgSortRow<double>(options with { Softness = 2 }, descending: false));
        var descending = RowCase<double>.Of("", new ArgSortRow<double>(options with { Softness = 2 }, descending: true));
        var top = RowCase<double>.Of("", new TopKIndexRow<double>(options with { Softness = 2 }, 3));

        // Moving the anchor of a row away from the element 1 takes its weight; moving an element that is no anchor of the row takes none from it.
        Assert.Equal([0, 2, 3], MovedBy(ascending, [1, 2, 3]));
        Assert.Equal([3, 2, 0], MovedBy(descending, [0, 1, 2]));
        Assert.Equal([0, 2, 3], MovedBy(top, [0, 1, 2]));

        int[] MovedBy(RowCase<double> row, int[] rows) =>
            [.. rows.Select(r => new[] { 0, 2, 3 }.Single(of => Tangent(row, of)[(r * 4) + 1] < 0))];
    }

    [Fact]
    public void C0_of_two_is_the_ramp()
    {
        // argmax of [0, x] is the sigmoidal function with a fifth of the softness.
        foreach (var x in new[] { -0.6, -0.5, -0.2, 0, 0.1, 0.5, 0.7 })
        {
            var y = new double[2];
            new ArgMaxRow<double>(new SortOptions<double>(0.5, SoftMode.C0, SortMethod.SoftSort, false)).Value([0, x], y);
            Assert.Equal(Math.Clamp((1 + (x / 0.5)) / 2, 0, 1), y[1], 1e-15);
        }
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 2e-11 * (1 + Math.Abs(expected)), $"{actual} instead of {expected}");
}
