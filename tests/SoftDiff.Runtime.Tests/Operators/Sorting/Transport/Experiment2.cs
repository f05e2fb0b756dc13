using Xunit.Abstractions;
namespace SoftDiff.Runtime.Tests.Operators.Sorting;
public sealed class Experiment2(ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        var modes = new[] { SoftMode.Smooth, SoftMode.C0, SoftMode.C1, SoftMode.C2 };
        var bad = 0;
        var maxNewton = new int[4]; var sum = new double[4]; var worst = new double[4]; var cnt = new int[4]; var ridged = new int[4]; var maxSearch = new int[4];
        for (var seed = 0; seed < 60000; seed++)
        {
            var r = new Random(seed);
            var n = r.Next(1, 65);
            var s = Math.Pow(10, -3 + 4 * r.NextDouble());
            var scale = r.Next(4) switch { 0 => 1.0, 1 => 0.01, 2 => 10, _ => 100 };
            var style = r.Next(5);
            var x = Enumerable.Range(0, n).Select(_ => { var z = Math.Sqrt(-2 * Math.Log(1 - r.NextDouble())) * Math.Cos(6.283185307 * r.NextDouble()); return scale * (style switch { 0 => z, 1 => 1 / (1 + Math.Exp(-z)), 2 => Math.Round(3 * z), 3 => r.Next(3) + 1e-6 * z, _ => Math.Exp(3 * z) }); }).ToArray();
            var k = r.Next(n);
            var next = Math.Min(k + 1, n - 1);
            var kind = r.Next(5);
            int[] nu = kind switch { 0 => [n - 1, 1], 1 => [n - k, .. Enumerable.Repeat(1, k)], 2 => [k, 1, next - k, n - next - 1], 3 => [k, 1, n - k - 1], _ => Enumerable.Repeat(1, n).ToArray() };
            var m = seed % 4;
            var t = System.Diagnostics.Stopwatch.StartNew();
            using var plan = TransportPlan.Of(x, nu, s, modes[m]);
            var range = (x.Max() - x.Min()) * 2 / s * (m == 0 ? 1 : Math.Pow(n, 1.0 / m));
            maxNewton[m] = Math.Max(maxNewton[m], plan.Newton); sum[m] += plan.Newton; cnt[m]++; maxSearch[m] = Math.Max(maxSearch[m], plan.Searches);
            if (plan.Ridges > 0) ridged[m]++;
            var tol = Math.Max((nu.Contains(0) ? 4e-12 * n : 0) + 1e-11, 1e-15 * range * n);
            worst[m] = Math.Max(worst[m], plan.Residual / tol);
            if (!(plan.Residual <= tol) || plan.Newton > 60) if (bad++ < 25)
                output.WriteLine($"seed {seed} n {n} s {s:g3} scale {scale} style {style} kind {kind} k {k} {modes[m]} newton {plan.Newton} searches {plan.Searches} ridges {plan.Ridges} residual {plan.Residual:g3} range {range:g3} {t.ElapsedMilliseconds} ms");
        }
        output.WriteLine($"bad {bad}");
        for (var m = 0; m < 4; m++) output.WriteLine($"{modes[m]} mean {sum[m] / cnt[m]:f1} max {maxNewton[m]} searches {maxSearch[m]} ridged {ridged[m]} worst {worst[m]:g3}");
    }
}
