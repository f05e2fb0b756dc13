using Xunit.Abstractions;
namespace SoftDiff.Runtime.Tests.Operators.Sorting;
public sealed class Experiment(ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        var modes = new[] { SoftMode.Smooth, SoftMode.C0, SoftMode.C1, SoftMode.C2 };
        for (var rep = 0; rep < 3; rep++)
        foreach (var n in new[] { 5, 64, 200, 600 })
        foreach (var mode in modes)
        foreach (var s in new[] { 1e-3, 0.1, 10 })
        {
            if (n > 64 && rep < 2) continue;
            var r = new Random(n);
            var x = Enumerable.Range(0, n).Select(_ => { var z = Math.Sqrt(-2 * Math.Log(1 - r.NextDouble())) * Math.Cos(6.283185307 * r.NextDouble()); return 1 / (1 + Math.Exp(-z)); }).ToArray();
            var c = new double[n * n]; var d = new double[n]; for (var i = 0; i < n * n; i++) c[i] = r.NextDouble();
            var line = $"n {n} {mode} s {s}:";
            using (var plan = TransportPlan.Of(x, Enumerable.Repeat(1, n).ToArray(), s, mode)) line += $" newton {plan.Newton} searches {plan.Searches} ridges {plan.Ridges} residual {plan.Residual:g2}";
            var ot = new OptimalTransport<double>(s, mode);
            foreach (var request in new[] { new RowRequest(RowKind.ArgSort), new RowRequest(RowKind.ArgMax), new RowRequest(RowKind.Quantile, n / 2, false, true), new RowRequest(RowKind.TopK, Math.Min(5, n)) })
            {
                var best = double.PositiveInfinity;
                var bestV = double.PositiveInfinity;
                var p = new double[request.Count(n) * n];
                for (var q = 0; q < (n > 64 ? 2 : 10); q++)
                {
                    var t = System.Diagnostics.Stopwatch.StartNew();
                    ot.Rows(x, request, false, p);
                    bestV = Math.Min(bestV, t.Elapsed.TotalMilliseconds);
                    t.Restart();
                    ot.RowsVjp(x, request, false, p, c.AsSpan(0, p.Length), d);
                    best = Math.Min(best, t.Elapsed.TotalMilliseconds);
                }
                line += $" | {request.Kind} {bestV:f3} {best:f3}";
            }
            if (rep == 2) output.WriteLine(line);
        }
    }
}
