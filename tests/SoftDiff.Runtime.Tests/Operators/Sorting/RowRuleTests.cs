namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>What the derivatives of all row operators have in common.</summary>
public sealed class RowRuleTests
{
    public static TheoryData<double, bool> Scales => new() { { 0.1, true }, { 1, false }, { 0.02, true } };

    [Theory]
    [MemberData(nameof(Scales))]
    public void Forward_and_reverse_are_adjoint(double softness, bool standardize)
    {
        var lengths = Enumerable.Range(1, 12).Concat([15, 16, 17, 31, 32, 33, 64, 100, 300]);
        foreach (var n in lengths)
        {
            var x = Samples.Uniform(n, n, -2, 2);
            var tX = Samples.Uniform(n + 1, n, -1, 1);
            foreach (var row in RowCases<double>.Soft(softness, standardize))
            {
                var c = Samples.Uniform(n + 2, row.Length(n), -1, 1);
                AssertAdjoint(row, x, tX, 0.7, c);
            }
        }
    }

    [Fact]
    public void They_are_adjoint_at_ties()
    {
        double[][] rows = [[1, 1], [0, 1, 0, 1, 0], [2, 2, 2, 2, 2, 2, 2], [3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2]];
        foreach (var x in rows)
        {
            foreach (var standardize in new[] { false, true })
            {
                foreach (var row in RowCases<double>.Soft(0.1, standardize))
                {
                    var n = x.Length;
                    AssertAdjoint(row, x, Samples.Uniform(1, n, -1, 1), -0.4, Samples.Uniform(2, row.Length(n), -1, 1));
                }
            }
        }
    }

    [Fact]
    public void The_derivatives_are_those_of_the_value()
    {
        // The step is small enough for the modes whose second derivative jumps, and no row is near a kink of C0.
        foreach (var n in new[] { 1, 2, 3, 7, 20 })
        {
            var x = Samples.Uniform(n + 3, n, -2, 2);
            foreach (var row in RowCases<double>.Soft(0.1, true).Concat(RowCases<double>.Soft(1, false)))
            {
                if (row.Name.Contains("ungated", StringComparison.Ordinal)) continue;
                var tX = Samples.Uniform(n + 1, n, -1, 1);
                var actual = row.Pushforward(x, tX, 0);
                var (above, below) = (row.ValueAt(Moved(x, tX, 1e-6)), row.ValueAt(Moved(x, tX, -1e-6)));
                for (var i = 0; i < actual.Length; i++)
                {
                    var expected = (above[i] - below[i]) / 2e-6;
                    Assert.True(Math.Abs(expected - actual[i]) <= 1e-3 * (1 + Math.Abs(expected)), $"{row} of {n}: {actual[i]} instead of {expected}");
                }
            }
        }
    }

    [Fact]
    public void The_derivative_by_the_softness_is_that_of_the_value()
    {
        var x = Samples.Uniform(5, 12, -2, 2);
        var (rows, above, below) = (Rows(0.2), Rows(0.2 + 1e-6), Rows(0.2 - 1e-6));
        for (var r = 0; r < rows.Count; r++)
        {
            if (rows[r].Name.Contains("ungated", StringComparison.Ordinal)) continue;
            var actual = rows[r].Pushforward(x, new double[12], 1);
            var (high, low) = (above[r].ValueAt(x), below[r].ValueAt(x));
            for (var i = 0; i < actual.Length; i++)
            {
                var expected = (high[i] - low[i]) / 2e-6;
                Assert.True(Math.Abs(expected - actual[i]) <= 1e-3 * (1 + Math.Abs(expected)), $"{rows[r]}: {actual[i]} instead of {expected}");
            }
        }

        static List<RowCase<double>> Rows(double softness) => [.. RowCases<double>.Soft(softness, true)];
    }

    [Fact]
    public void The_reverse_rule_gives_the_value_too()
    {
        foreach (var n in new[] { 1, 2, 5, 17, 40 })
        {
            var x = Samples.Uniform(n, n, -2, 2);
            foreach (var row in RowCases<double>.Soft(0.1, true))
            {
                var (y, y2, t) = (new double[row.Length(n)], new double[row.Length(n)], new double[row.Length(n)]);
                row.Vjp(x, y, Samples.Uniform(n, y.Length, -1, 1), new double[n]);
                row.Jvp(x, Samples.Uniform(n, n, -1, 1), 1, y2, t);
                AssertClose(row, row.ValueAt(x), y);
                AssertClose(row, row.ValueAt(x), y2);
            }
        }
    }

    [Fact]
    public void Float_agrees_with_double()
    {
        foreach (var n in new[] { 1, 2, 5, 33, 90 })
        {
            var x = Samples.Uniform(n, n, -2, 2).As<float>();
            var wide = x.Select(v => (double)v).ToArray();
            foreach (var (row, single) in RowCases<double>.Soft(0.1, true).Zip(RowCases<float>.Soft(0.1, true)))
            {
                var c = Samples.Uniform(n + 2, row.Length(n), -1, 1).As<float>();
                AssertClose(row, row.ValueAt(wide), single.ValueAt(x));
                var (expected, actual) = (row.Pullback(wide, [.. c.Select(v => (double)v)]), single.Pullback(x, c));
                AssertClose(row, expected.Gradient, actual.Gradient);
                AssertClose(row, [expected.Softness], [actual.Softness]);
            }
        }
    }

    private static void AssertClose(RowCase<double> row, double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-13 * (1 + Math.Abs(expected[i])), $"{row}: {actual[i]} instead of {expected[i]}");
        }
    }

    // The softmax of a row is computed in float, everything else in double.
    private static void AssertClose(RowCase<double> row, double[] expected, float[] actual)
    {
        var tolerance = row.Name.StartsWith("argmax SoftSort Smooth", StringComparison.Ordinal) ? 1e-5 : 1e-7;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"{row}: {actual[i]} instead of {expected[i]}");
        }
    }

    private static void AssertAdjoint(RowCase<double> row, double[] x, double[] tX, double tSoftness, double[] c)
    {
        var tY = row.Pushforward(x, tX, tSoftness);
        var (dX, dSoftness) = row.Pullback(x, c);
        var (forward, reverse, size) = (0.0, dSoftness * tSoftness, Math.Abs(dSoftness * tSoftness));
        for (var i = 0; i < c.Length; i++)
        {
            forward += c[i] * tY[i];
            size += Math.Abs(c[i] * tY[i]);
        }

        for (var i = 0; i < x.Length; i++)
        {
            reverse += dX[i] * tX[i];
            size += Math.Abs(dX[i] * tX[i]);
        }

        // Rows of the permutation may cancel each other, which leaves rounding errors of theirs.
        Assert.True(Math.Abs(forward - reverse) <= (1e-11 * size) + 1e-14, $"{row} of {x.Length}: {forward} and {reverse}, off by {(forward - reverse) / size}");
    }

    private static double[] Moved(double[] x, double[] direction, double step) => [.. x.Zip(direction, (a, b) => a + (step * b))];
}
