using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class OptimalTransportTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_references()
    {
        var failures = new List<string>();
        var (count, worst) = (0, 0.0);
        foreach (var row in ReferenceRow.Of("ot"))
        {
            var ratio = new ReferenceRow(row, new OptimalTransport<double>(row.Softness, new Call<double>(row).Mode), null).Worst();
            if (!(ratio <= 1)) failures.Add($"{ratio:g3} {row}");
            (count, worst) = (count + 1, Math.Max(worst, ratio));
        }

        output.WriteLine($"{count} rows, worst ratio {worst:g3}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>
    /// Elements and positions keep their masses: whatever the softness, the number of elements, their distribution, ties.
    /// </summary>
    [Fact]
    public void Masses_are_exact()
    {
        var worst = 0.0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(1, 65);
            var (x, softness, mode) = (Elements(random, n), Math.Pow(10, -3 + (4 * random.NextDouble())), PlanRules.Modes[seed % 4]);
            var k = random.Next(n);
            var next = Math.Min(k + 1, n - 1);
            int[] counts = random.Next(5) switch
            {
                0 => [n - 1, 1],
                1 => [n - k, .. Enumerable.Repeat(1, k)],
                2 => [k, 1, next - k, n - next - 1],
                3 => [k, 1, n - k - 1],
                _ => [.. Enumerable.Repeat(1, n)],
            };
            using var plan = TransportPlan.Of(x, counts, softness, mode);

            // Scores are of the size of the range over the softness, and so are the rounding errors of what is taken from them.
            var range = (x.Max() - x.Min()) / softness * (mode == SoftMode.Smooth ? 2 : 2 * n);
            var tolerance = n * (1e-11 + (1e-15 * range));
            var sums = new double[n];
            for (var j = 0; j < counts.Length; j++)
            {
                var row = plan.Weights(j).ToArray();
                for (var i = 0; i < n; i++) sums[i] += row[i];
                worst = Math.Max(worst, Math.Abs(row.Sum() - counts[j]) / tolerance);
                Assert.True(Math.Abs(row.Sum() - counts[j]) <= tolerance, $"seed {seed}, position {j}: {row.Sum()} for {counts[j]}");
            }

            foreach (var sum in sums) Assert.Equal(1, sum, 1e-13 * n);
        }

        output.WriteLine($"worst ratio {worst:g3}");
    }

    [Fact]
    public void Masses_are_exact_for_long_rows()
    {
        const int N = 120;
        foreach (var mode in PlanRules.Modes)
        {
            var p = new double[N * N];
            new OptimalTransport<double>(0.1, mode).Rows(Samples.Uniform(1, N, 0, 1), new RowRequest(RowKind.ArgSort), false, p);
            for (var i = 0; i < N; i++)
            {
                Assert.Equal(1, p.Skip(i * N).Take(N).Sum(), 1e-11);
                Assert.Equal(1, Enumerable.Range(0, N).Sum(r => p[(r * N) + i]), 1e-11);
            }
        }
    }

    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C0)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    public void Rules_are_transposes(SoftMode mode)
    {
        foreach (var n in Enumerable.Range(1, 12).Concat([17, 33, 60]))
        {
            var w = Samples.Uniform(n, n, 0, 1);
            foreach (var softness in new[] { 0.01, 0.1, 3 })
            {
                foreach (var request in PlanRules.Requests(n))
                {
                    var size = mode == SoftMode.Smooth ? 0.01 : n / softness;
                    PlanRules.AssertTransposed(new OptimalTransport<double>(softness, mode), w, request, false, n, size);
                }
            }

            // Logarithms have large derivatives where weights are small: sizes at which the terms do not cancel.
            foreach (var request in PlanRules.Requests(n).Where(_ => mode == SoftMode.Smooth))
            {
                PlanRules.AssertTransposed(new OptimalTransport<double>(0.5, mode), w, request, true, n, tolerance: 1e-10);
            }
        }
    }

    [Fact]
    public void Derivatives_are_those_of_the_values()
    {
        foreach (var n in new[] { 2, 3, 9, 33 })
        {
            var w = Samples.Uniform(n, n, 0, 1);
            foreach (var request in PlanRules.Requests(n).Where(r => r.Kind != RowKind.Quantile || (r.K > 0 && r.K < n - 1)))
            {
                PlanRules.AssertDerivative(s => new OptimalTransport<double>(s, SoftMode.Smooth), 0.2, w, request, false, 1e-7);
                PlanRules.AssertDerivative(s => new OptimalTransport<double>(s, SoftMode.Smooth), 0.5, w, request, true, 1e-7);
                PlanRules.AssertDerivative(s => new OptimalTransport<double>(s, SoftMode.C2), 5, w, request, false, 1e-6);
            }
        }
    }

    [Fact]
    public void Float_is_as_near_as_it_can_be()
    {
        foreach (var mode in PlanRules.Modes)
        {
            foreach (var n in new[] { 1, 5, 17 })
            {
                foreach (var softness in new[] { 0.125f, 2f })
                {
                    foreach (var request in PlanRules.Requests(n))
                    {
                        PlanRules.AssertSingle(
                            new OptimalTransport<double>(softness, mode), new OptimalTransport<float>(softness, mode), softness,
                            Samples.Uniform(n, n, 0, 1).As<float>(), request);
                    }
                }
            }
        }
    }

    [Fact]
    public void Equal_elements_have_equal_weights()
    {
        double[] w = [0.3, 0.7, 0.3, 0.3, 0.9, 0.7];
        foreach (var mode in PlanRules.Modes)
        {
            foreach (var softness in new[] { 1e-3, 0.1, 10 })
            {
                var p = new double[36];
                new OptimalTransport<double>(softness, mode).Rows(w, new RowRequest(RowKind.ArgSort), false, p);
                for (var r = 0; r < 6; r++)
                {
                    Assert.Equal(p[6 * r], p[(6 * r) + 2], 1e-11);
                    Assert.Equal(p[6 * r], p[(6 * r) + 3], 1e-11);
                    Assert.Equal(p[(6 * r) + 1], p[(6 * r) + 5], 1e-11);
                }

                new OptimalTransport<double>(softness, mode).Rows([2, 2, 2, 2, 2, 2], new RowRequest(RowKind.ArgSort), false, p);
                foreach (var weight in p) Assert.Equal(1.0 / 6, weight, 1e-12);
            }
        }
    }

    [Fact]
    public void One_element_has_everything()
    {
        foreach (var mode in PlanRules.Modes)
        {
            foreach (var request in PlanRules.Requests(1))
            {
                var (p, dW) = (new double[request.Count(1)], new double[1]);
                var dSoftness = new OptimalTransport<double>(0.1, mode).RowsVjp([0.5], request, false, p, [.. p.Select(_ => 1.0)], dW);
                Assert.Equal(1, p[0], 1e-11);
                Assert.Equal(0, dW[0], 1e-9);
                Assert.Equal(0, dSoftness, 1e-9);
            }
        }
    }

    [Fact]
    public void A_shift_changes_nothing()
    {
        // Exactly representable after the shift.
        var w = Samples.Uniform(3, 12, 0, 1).Select(e => Math.Round(e * 1024) / 1024).ToArray();
        var (p, q) = (new double[144], new double[144]);
        new OptimalTransport<double>(0.1, SoftMode.C1).Rows(w, new RowRequest(RowKind.ArgSort), false, p);
        new OptimalTransport<double>(0.1, SoftMode.C1).Rows([.. w.Select(e => e + 1e9)], new RowRequest(RowKind.ArgSort), false, q);
        Assert.Equal(p, q);
    }

    /// <summary>
    /// Two elements exchange the weight e^(-d / s) / (1 + e^(-d / s)). It is far below the rounding errors of the others, but not lost.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    public void Logarithms_keep_their_digits(double softness)
    {
        var log = new double[4];
        new OptimalTransport<double>(softness, SoftMode.Smooth).Rows([0.75, 0.25], new RowRequest(RowKind.ArgSort), true, log);
        var small = (-0.5 / softness) - Math.Log(1 + Math.Exp(-0.5 / softness));
        Assert.Equal(small, log[0], 1e-14 * Math.Abs(small));
        Assert.Equal(small, log[3], 1e-14 * Math.Abs(small));
        Assert.Equal(Math.Log(1 - Math.Exp(small)), log[1], 1e-14);
    }

    /// <summary>What a position receives of the elements of others it gives away of its own, in all digits however little it is.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.01)]
    [InlineData(0.005)]
    public void Small_weights_balance(double softness)
    {
        double[] w = [0, 0.2, 0.45, 0.55, 0.9, 1];
        var log = new double[36];
        new OptimalTransport<double>(softness, SoftMode.Smooth).Rows(w, new RowRequest(RowKind.ArgSort), true, log);
        for (var j = 0; j < 6; j++)
        {
            var others = Enumerable.Range(0, 6).Where(i => i != j).ToArray();
            var received = others.Sum(i => Math.Exp(log[(j * 6) + i]));
            var given = others.Sum(i => Math.Exp(log[(i * 6) + j]));
            Assert.Equal(1, received / given, 1e-9);
        }
    }

    [Fact]
    public void Extreme_inputs_come_to_an_end()
    {
        foreach (var mode in PlanRules.Modes)
        {
            foreach (var softness in new[] { 1e-300, 1e-12, 1e-6, 1e6, 1e300 })
            {
                foreach (var scale in new[] { 1e-300, 1e-6, 1, 1e6, 1e150, 1e308 })
                {
                    var w = Samples.Uniform(4, 9, -1, 1).Select(e => e * scale).ToArray();
                    foreach (var request in PlanRules.Requests(9))
                    {
                        var (p, dW) = (new double[request.Count(9) * 9], new double[9]);
                        new OptimalTransport<double>(softness, mode).RowsVjp(w, request, false, p, new double[p.Length], dW);
                    }
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var w = Samples.Uniform(5, 40, 0, 1);
        var (p, c, tP, dW) = (new double[1600], new double[1600], new double[1600], new double[40]);
        foreach (var mode in PlanRules.Modes)
        {
            var transport = new OptimalTransport<double>(0.1, mode);
            Allocations.AssertNone(() =>
            {
                transport.Rows(w, new RowRequest(RowKind.ArgSort), mode == SoftMode.Smooth, p);
                transport.RowsVjp(w, new RowRequest(RowKind.ArgSort), false, p, c, dW);
                transport.RowsJvp(w, new RowRequest(RowKind.ArgSort), false, dW, 1, p, tP);
            });
        }
    }

    private static double[] Elements(Random random, int n)
    {
        var scale = random.Next(4) switch { 0 => 1.0, 1 => 0.01, 2 => 10, _ => 100 };
        var style = random.Next(5);
        return [.. Enumerable.Range(0, n).Select(_ =>
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return scale * (style switch
            {
                0 => normal,
                1 => 1 / (1 + Math.Exp(-normal)),
                2 => Math.Round(3 * normal),
                3 => random.Next(3) + (1e-6 * normal),
                _ => Math.Exp(3 * normal),
            });
        })];
    }
}
