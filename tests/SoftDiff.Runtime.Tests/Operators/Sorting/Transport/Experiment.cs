using Xunit.Abstractions;
namespace SoftDiff.Runtime.Tests.Operators.Sorting;
public sealed class Experiment(ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        for (var rep = 0; rep < 1; rep++)
        foreach (var power in new[] { 0, 1, 2, 3 })
        foreach (var s in new[] { 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 10 })
        {
            var line = $"p{power} s={s,-6}";
            foreach (var (n, kind) in new[] { (5, "sort"), (17, "sort"), (64, "sort"), (64, "max"), (64, "top5"), (64, "med"), (64,"wide"), (64, "ties"), (64, "q0") })
            {
                int its = 0, tr = 0; double worst = 0; var time = 0.0;
                for (var seed = 0; seed < 10; seed++)
                {
                    var r = new Random(seed + 1000);
                    var x = Enumerable.Range(0, n).Select(_ => { var z = Math.Sqrt(-2 * Math.Log(1 - r.NextDouble())) * Math.Cos(6.283185307 * r.NextDouble()); return kind == "wide" ? 3 * z : kind == "ties" ? Math.Round(4 / (1 + Math.Exp(-z))) / 4 : 1 / (1 + Math.Exp(-z)); }).ToArray();
                    int[] nu = kind switch { "max" => [n - 1, 1], "top5" => [n - 5, 1, 1, 1, 1, 1], "med" => [n / 2 - 1, 1, 1, n - n / 2 - 1], "q0" => [0, 1, 1, n - 2], _ => Enumerable.Repeat(1, n).ToArray() };
                    var t = System.Diagnostics.Stopwatch.StartNew();
                    var mode = power switch { 0 => SoftMode.Smooth, 1 => SoftMode.C0, 2 => SoftMode.C1, _ => SoftMode.C2 };
                    var plan = TransportPlan.Of(x, nu, s, mode);
                    time += t.Elapsed.TotalMilliseconds;
                    its += plan.Newton; tr += plan.Ridges * 100; worst = Math.Max(worst, plan.Residual);
                    plan.Dispose();
                }
                line += $" | {kind}{n} {its / 10.0,5:f1} {tr / 10.0,5:f1} {worst,7:g1} {time / 10,5:f2}";
            }
            output.WriteLine(line);
        }
    }
}
