using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class SmoothSortTests(ITestOutputHelper output)
{
    private static readonly double[] Softnesses = [0.001, 0.01, 0.1, 0.7, 1, 3, 10];

    /// <summary>A value with its derivatives, of sorting and of ranking either way.</summary>
    private sealed record Rule(
        string Name, Func<double, double[], double[]> Value, Func<double, double[], double[], (double[] DW, double DSoftness)> Vjp,
        Func<double, double[], double[], double, double[]> Jvp);

    private static IEnumerable<Rule> Rules()
    {
        yield return new Rule(
            "sort",
            (s, w) => New(w, y => new SmoothSort(s).Sort(w, y)),
            (s, w, c) =>
            {
                var dW = new double[w.Length];
                var dSoftness = new SmoothSort(s).SortVjp(w, default, c, dW);
                return (dW, dSoftness);
            },
            (s, w, t, tSoftness) => New(w, tY => new SmoothSort(s).SortJvp(w, t, tSoftness, new double[w.Length], tY)));
        foreach (var descending in new[] { false, true })
        {
            yield return new Rule(
                descending ? "rank, descending" : "rank, ascending",
                (s, w) => New(w, y => new SmoothSort(s).Rank(w, descending, y)),
                (s, w, c) =>
                {
                    var dW = new double[w.Length];
                    var dSoftness = new SmoothSort(s).RankVjp(w, descending, default, c, dW);
                    return (dW, dSoftness);
                },
                (s, w, t, tSoftness) => New(w, tY => new SmoothSort(s).RankJvp(w, descending, t, tSoftness, new double[w.Length], tY)));
        }
    }

    // The conditions of the minimum, with the bounds from the definition of the elementary symmetric polynomials.
    [Fact]
    public void Is_the_minimum_of_the_problem()
    {
        var random = new Random(5);
        var worst = 0.0;
        for (var trial = 0; trial < 200; trial++)
        {
            var n = random.Next(2, 9);
            var s = new[] { 0.2, 0.5, 1, 2, 10 }[trial % 5];
            var temperature = Math.Min(s, 1);
            var w = Elements(n, random, ties: trial % 3 == 0);
            var y = New(w, r => new SmoothSort(s).Sort(w, r));
            Array.Reverse(y);
            var sums = new double[n + 1];
            for (var set = 0; set < 1 << n; set++)
            {
                var chosen = Enumerable.Range(0, n).Where(i => (set >> i & 1) == 1).ToList();
                sums[chosen.Count] += Math.Exp(chosen.Sum(i => w[i]) / temperature);
            }

            double Gap(int k) => k < 0 || k > n - 2 ? 1 : y[k] - y[k + 1];
            Assert.Equal(w.Sum(), y.Sum(), 1e-12 * n);
            for (var k = 0; k < n - 1; k++)
            {
                var slack = (temperature * Math.Log(sums[k + 1])) - y[..(k + 1)].Sum();
                var condition = (-1 / (s * (n - 1))) - Math.Log(slack) + (2 * Math.Log(Gap(k))) - Math.Log(Gap(k - 1)) - Math.Log(Gap(k + 1));
                worst = Math.Max(worst, Math.Abs(condition) * Math.Min(slack, 1));
            }
        }

        output.WriteLine($"worst {worst:g3}");
        Assert.True(worst < 1e-11, $"{worst:g3}");
    }

    [Fact]
    public void Forward_and_reverse_rules_are_transposes()
    {
        var random = new Random(3);
        var (worst, where) = (0.0, "");
        foreach (var rule in Rules())
        {
            foreach (var s in Softnesses)
            {
                int[] lengths = s == 0.1 ? [.. Enumerable.Range(1, 60), 300, 513, 700] : [1, 2, 3, 4, 5, 8, 9, 17, 60];
                foreach (var n in lengths)
                {
                    var w = Elements(n, random, ties: n % 3 == 0);
                    var (t, c, tSoftness) = (Elements(n, random), Elements(n, random), random.NextDouble());
                    var (dW, dSoftness) = rule.Vjp(s, w, c);
                    var tangent = rule.Jvp(s, w, t, tSoftness);
                    var terms = c.Zip(tangent, (a, b) => a * b).Concat(dW.Zip(t, (a, b) => -a * b)).Append(-dSoftness * tSoftness).ToList();
                    var ratio = Math.Abs(terms.Sum()) / Math.Max(terms.Sum(Math.Abs), 1e-3 / s);
                    if (!(ratio <= worst)) (worst, where) = (ratio, $"{rule.Name} n={n} s={s}");
                }
            }
        }

        output.WriteLine($"worst {worst:g3} ({where})");
        Assert.True(worst < 1e-11, $"{worst:g3} ({where})");
    }

    [Fact]
    public void Derivatives_are_limits_of_differences()
    {
        var random = new Random(4);
        var (worst, where) = (0.0, "");
        foreach (var rule in Rules())
        {
            foreach (var s in new[] { 0.01, 0.1, 0.7, 3, 10 })
            {
                foreach (var n in new[] { 1, 2, 3, 5, 12, 40 })
                {
                    var w = Elements(n, random, ties: rule.Name == "sort" && n % 5 == 0);
                    var (t, tSoftness) = (Elements(n, random), random.NextDouble());
                    var tangent = rule.Jvp(s, w, t, tSoftness);
                    double[] At(double h) => rule.Value(s + (h * tSoftness), [.. w.Zip(t, (a, b) => a + (h * b))]);

                    // Differences of fourth order. Ranks jump where elements change places, so they must not.
                    var h = 1e-4 * Math.Min(s, 1);
                    if (Enumerable.Range(0, n).Any(i => Enumerable.Range(0, i).Any(j => Math.Abs(w[i] - w[j]) is > 0 and var gap && gap <= 2 * h * Math.Abs(t[i] - t[j])))) continue;
                    var (a, b, c, d) = (At(h), At(-h), At(2 * h), At(-2 * h));
                    var size = 1 + tangent.Max(Math.Abs);
                    for (var i = 0; i < n; i++)
                    {
                        var difference = ((8 * (a[i] - b[i])) - (c[i] - d[i])) / (12 * h);
                        var error = Math.Abs(difference - tangent[i]) / size;
                        if (!(error <= worst)) (worst, where) = (error, $"{rule.Name} n={n} s={s}");
                    }
                }
            }
        }

        output.WriteLine($"worst {worst:g3} ({where})");
        Assert.True(worst < 1e-6, $"{worst:g3} ({where})");
    }

    [Fact]
    public void Sorts_and_ranks_when_hardly_soft()
    {
        double[] w = [3, -1, 2.5, 0.25];
        var sorted = New(w, y => new SmoothSort(1e-3).Sort(w, y));
        double[] expected = [-1, 0.25, 2.5, 3];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], sorted[i], 1e-9);
        var ranks = New(w, y => new SmoothSort(1e-3).Rank(w, true, y));
        double[] places = [1, 4, 2, 3];
        for (var i = 0; i < 4; i++) Assert.Equal(places[i], ranks[i], 1e-9);
    }

    [Fact]
    public void Ties_are_ranked_in_stable_order()
    {
        double[] w = [1, 2, 1, 2, 1];
        var descending = New(w, y => new SmoothSort(0.1).Rank(w, true, y));
        Assert.True(descending[0] > descending[2] && descending[2] > descending[4] && descending[1] > descending[3]);
        var ascending = New(w, y => new SmoothSort(0.1).Rank(w, false, y));
        Assert.True(ascending[0] > ascending[2] && ascending[2] > ascending[4] && ascending[1] > ascending[3]);
    }

    [Fact]
    public void One_element_is_itself()
    {
        var softness = new SmoothSort(0.1);
        var (y, dW) = (new double[1], new double[1]);
        Assert.Equal(0, softness.SortVjp([7.5], y, [2.0], dW));
        Assert.Equal((7.5, 2), (y[0], dW[0]));
        Assert.Equal(0, softness.RankVjp([7.5], true, y, [2.0], dW));
        Assert.Equal((1, 0), (y[0], dW[0]));
    }

    [Fact]
    public void Converges_for_elements_of_all_sizes()
    {
        var random = new Random(6);
        foreach (var rule in Rules())
        {
            foreach (var s in new[] { 1e-3, 1e-2, 0.1, 1, 10, 1e3 })
            {
                foreach (var n in new[] { 2, 3, 20, 100, 400 })
                {
                    double[][] rows =
                    [
                        [.. Enumerable.Range(0, n).Select(_ => 0.3)],
                        [.. Elements(n, random).Select(e => e * Math.Pow(10, random.Next(-6, 7)))],
                        [.. Enumerable.Range(0, n).Select(i => (i % 3) + (1e-4 * random.NextDouble()))],
                    ];
                    foreach (var w in rows)
                    {
                        var y = rule.Value(s, w);
                        var total = rule.Name == "sort" ? w.Sum() : n * (n + 1) / 2.0;
                        var size = rule.Name == "sort" ? w.Sum(Math.Abs) : total;
                        Assert.True(Math.Abs(y.Sum() - total) <= 1e-13 * n * size, $"{rule.Name} n={n} s={s}: the sum is off by {y.Sum() - total}");
                        var order = rule.Name == "sort" ? y : [.. y.Order()];
                        for (var i = 1; i < n; i++) Assert.True(order[i] >= order[i - 1], $"{rule.Name} n={n} s={s}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Works_in_place()
    {
        double[] w = [3, -1, 2.5, 0.25], c = [1, 0.5, -2, 3];
        foreach (var rule in Rules())
        {
            var expected = rule.Vjp(0.1, w, c);
            double[] y = [.. w], dW = [.. c];
            var method = new SmoothSort(0.1);
            var dSoftness = rule.Name switch
            {
                "sort" => method.SortVjp(y, y, dW, dW),
                _ => method.RankVjp(y, rule.Name == "rank, descending", y, dW, dW),
            };
            Assert.Equal(expected.DW, dW);
            Assert.Equal(expected.DSoftness, dSoftness);
            Assert.Equal(rule.Value(0.1, w), y);
        }
    }

    private static double[] Elements(int n, Random random, bool ties = false) =>
        [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 4) - 2).Select(e => ties ? Math.Round(e) : e)];

    private static double[] New(double[] w, Action<double[]> fill)
    {
        var result = new double[w.Length];
        fill(result);
        return result;
    }
}
