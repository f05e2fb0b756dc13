using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class SortingNetworkTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_references()
    {
        var failures = new List<string>();
        var (count, worst) = (0, 0.0);
        foreach (var row in ReferenceRow.Of("sorting_network"))
        {
            var network = new SortingNetwork<double>(row.Softness, new Call<double>(row).Mode, row.Flag("standardize", absent: true));
            var ratio = new ReferenceRow(row, network, network).Worst();
            if (!(ratio <= 1)) failures.Add($"{ratio:g3} {row}");
            (count, worst) = (count + 1, Math.Max(worst, ratio));
        }

        output.WriteLine($"{count} rows, worst ratio {worst:g3}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C0)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    public void Rules_of_rows_are_transposes(SoftMode mode)
    {
        foreach (var n in Enumerable.Range(1, 10).Concat([16, 17, 33, 65]))
        {
            foreach (var request in PlanRules.Requests(n))
            {
                foreach (var standardized in new[] { false, true })
                {
                    var network = new SortingNetwork<double>(0.1, mode, standardized);
                    PlanRules.AssertTransposed(network, Samples.Uniform(n, n, 0, 1), request, false, n);
                    PlanRules.AssertTransposed(network, Samples.Uniform(n, n, 0, 1), request, true, n);
                }
            }
        }
    }

    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C0)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    public void Rules_of_the_sort_are_transposes(SoftMode mode)
    {
        for (var n = 1; n <= 300; n += n < 20 ? 1 : 7)
        {
            foreach (var standardized in new[] { false, true })
            {
                var network = new SortingNetwork<double>(0.1, mode, standardized);
                var (w, c, t) = (Samples.Uniform(n, n, 0, 1), Samples.Uniform(n + 1, n, -1, 1), Samples.Uniform(n + 2, n, -1, 1));
                var (value, y, z, dW, tY) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
                network.Sort(w, value);
                var dSoftness = network.SortVjp(w, y, c, dW);
                network.SortJvp(w, t, 0.5, z, tY);
                Assert.Equal(value, y);
                Assert.Equal(value, z);
                var (forward, reverse) = (c.Zip(tY, (a, b) => a * b).Sum(), dW.Zip(t, (a, b) => a * b).Sum() + (dSoftness * 0.5));
                var terms = c.Zip(tY, (a, b) => Math.Abs(a * b)).Sum() + dW.Zip(t, (a, b) => Math.Abs(a * b)).Sum() + Math.Abs(dSoftness);
                Assert.Equal(forward / terms, reverse / terms, 1e-11);
            }
        }
    }

    [Fact]
    public void Derivatives_are_those_of_the_values()
    {
        foreach (var n in new[] { 1, 2, 3, 8, 13 })
        {
            foreach (var request in PlanRules.Requests(n))
            {
                foreach (var standardized in new[] { false, true })
                {
                    var w = Samples.Uniform(n, n, 0, 1);
                    PlanRules.AssertDerivative(Smooth, 0.3, w, request, true, 1e-7);
                    PlanRules.AssertDerivative(C2, 0.3, w, request, false, 1e-7);

                    IPlanMethod<double> Smooth(double softness) => new SortingNetwork<double>(softness, SoftMode.Smooth, standardized);
                    IPlanMethod<double> C2(double softness) => new SortingNetwork<double>(softness, SoftMode.C2, standardized);
                }
            }
        }
    }

    [Fact]
    public void Rows_are_those_of_the_product_of_the_stages()
    {
        foreach (var n in new[] { 1, 2, 3, 5, 8, 11, 40 })
        {
            var w = Samples.Uniform(n, n, 0, 1);
            var (expected, p) = (Product(w, 0.2), new double[n * n]);
            new SortingNetwork<double>(0.2, SoftMode.Smooth, true).Rows(w, new RowRequest(RowKind.ArgSort), false, p);
            for (var i = 0; i < p.Length; i++) Assert.Equal(expected[i], p[i], 1e-14);

            foreach (var request in PlanRules.Requests(n))
            {
                var q = new double[request.Count(n) * n];
                new SortingNetwork<double>(0.2, SoftMode.Smooth, true).Rows(w, request, false, q);
                for (var i = 0; i < q.Length; i++) Assert.Equal(p[(request.Position(i / n, n) * n) + (i % n)], q[i], 1e-14);
            }
        }
    }

    [Fact]
    public void A_vanishing_softness_sorts()
    {
        foreach (var mode in PlanRules.Modes)
        {
            for (var n = 1; n < 70; n++)
            {
                var (w, y) = (Samples.Uniform(n, n, -1, 1), new double[n]);
                new SortingNetwork<double>(1e-9, mode, false).Sort(w, y);
                Assert.Equal(w.Order(), y);
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
                foreach (var request in PlanRules.Requests(n))
                {
                    PlanRules.AssertSingle(
                        new SortingNetwork<double>(0.125, mode, true), new SortingNetwork<float>(0.125f, mode, true), 0.125,
                        Samples.Uniform(n, n, 0, 1).As<float>(), request);
                }
            }
        }
    }

    [Fact]
    public void The_padding_moves_with_the_maxima()
    {
        // Two maxima share the derivative of the padding; at softness 1 it takes part in everything.
        double[] w = [0.5, 2, 2];
        var dW = new double[3];
        new SortingNetwork<double>(1, SoftMode.Smooth, false).SortVjp(w, default, [1, 1, 1], dW);
        Assert.Equal(dW[1], dW[2], 0.5);
        var (above, below) = (new double[3], new double[3]);
        foreach (var (step, y) in new[] { (1e-6, above), (-1e-6, below) })
        {
            new SortingNetwork<double>(1, SoftMode.Smooth, false).Sort([0.5, 2 + step, 2 + step], y);
        }

        Assert.Equal((above.Sum() - below.Sum()) / 2e-6, dW[1] + dW[2], 1e-8);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var w = Samples.Uniform(5, 40, 0, 1);
        var (y, p, c, tP, dW) = (new double[40], new double[1600], new double[1600], new double[1600], new double[40]);
        foreach (var mode in PlanRules.Modes)
        {
            var network = new SortingNetwork<double>(0.1, mode, false);
            Allocations.AssertNone(() =>
            {
                network.Sort(w, y);
                network.SortVjp(w, y, w, dW);
                network.SortJvp(w, w, 1, y, dW);
                network.Rows(w, new RowRequest(RowKind.ArgSort), false, p);
                network.RowsVjp(w, new RowRequest(RowKind.ArgSort), false, p, c, dW);
                network.RowsJvp(w, new RowRequest(RowKind.ArgSort), false, w, 1, p, tP);
            });
        }
    }

    /// <summary>The matrix by its definition: stage by stage from the left.</summary>
    private static double[] Product(double[] w, double softness)
    {
        var (n, wires) = (w.Length, 2);
        while (wires < n) wires *= 2;
        var x = w.Concat(Enumerable.Repeat(1.0, wires - n)).ToArray();
        var p = Enumerable.Range(0, wires).Select(i => Enumerable.Range(0, wires).Select(j => i == j ? 1.0 : 0).ToArray()).ToArray();
        for (var phase = 0; 1 << phase < wires; phase++)
        {
            for (var distance = 1 << phase; distance > 0; distance /= 2)
            {
                var (nextX, nextP) = (new double[wires], new double[wires][]);
                for (var i = 0; i < wires; i++)
                {
                    var j = i ^ distance;
                    var isMinimum = (i & (2 << phase)) == 0 == i < j;
                    var sigma = 1 / (1 + Math.Exp(-(x[i] - x[j]) / softness));
                    var kappa = isMinimum ? sigma : 1 - sigma;
                    nextX[i] = ((1 - kappa) * x[i]) + (kappa * x[j]);
                    nextP[i] = [.. p[i].Zip(p[j], (a, b) => ((1 - kappa) * a) + (kappa * b))];
                }

                (x, p) = (nextX, nextP);
            }
        }

        return [.. p.Take(n).SelectMany(row => row.Take(n).Select(e => e / Math.Max(row.Take(n).Sum(), 1e-10)))];
    }
}
