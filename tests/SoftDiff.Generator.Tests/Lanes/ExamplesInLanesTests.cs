using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>Which loops over examples run several examples at once, read from the generated text (here of the JVP, whose loop is the user's).</summary>
public sealed class ExamplesInLanesTests
{
    private const string Layer = """
        ReadOnlySpan<double> row = x.Slice(e * n, n);
        double y = 0;
        for (int h = 0; h < n; h++)
        {
            double z = 0;
            for (int j = 0; j < n; j++) z += w[h * n + j] * row[j];
            y += FUNCTION;
        }

        """;

    [Theory]
    [InlineData("z * z", "total += y;")]
    [InlineData("Math.Tanh(z)", "total += y;")]
    [InlineData("z", "total += Math.Sin(y) * Math.Cos(y);")]
    [InlineData("z", "total += y > 0 ? y : y * y;")]
    [InlineData("z", "total += y * labels[e];")]
    public void A_sum_in_a_loop_in_a_loop_runs_in_lanes(string function, string last) =>
        Assert.Matches(@"done = FJvpLanes_\w+<global::SoftDiff.Lane256<double>>\(", Generated(function, last));

    [Theory]
    [InlineData("z", "total = 0.5 * total + y;")]
    [InlineData("z", "if (y > 1) break; total += y;")]
    public void Examples_that_depend_on_each_other_run_one_after_the_other(string function, string last) =>
        Assert.DoesNotContain("Lane256", Generated(function, last), StringComparison.Ordinal);

    /// <summary>Rows are moved to lanes once; elements of flat arrays would be gathered in each inner loop.</summary>
    [Fact]
    public void Sums_of_elements_that_do_not_lie_side_by_side_run_one_after_the_other() =>
        Assert.DoesNotContain("Lane256", Generated("z", "total += y;", Layer.Replace("row[j]", "x[e * n + j]", StringComparison.Ordinal)), StringComparison.Ordinal);

    private static string Generated(string function, string last, string layer = Layer)
    {
        using GeneratorRun run = GeneratorHarness.Run($$"""
            using System;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable(Wrt = ["w"])]
                public static double F(ReadOnlySpan<double> w, ReadOnlySpan<double> x, ReadOnlySpan<int> labels, int n)
                {
                    double total = 0;
                    for (int e = 0; e < labels.Length; e++)
                    {
                        {{layer.Replace("FUNCTION", function, StringComparison.Ordinal)}}{{last}}
                    }

                    return total;
                }
            }
            """);
        return string.Concat(run.Generated.Values);
    }
}
