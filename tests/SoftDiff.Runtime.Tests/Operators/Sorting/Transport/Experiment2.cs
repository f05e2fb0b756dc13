using Xunit.Abstractions;
namespace SoftDiff.Runtime.Tests.Operators.Sorting;
public sealed class Experiment2(ITestOutputHelper output)
{
    [Fact]
    public void Run()
    {
        double[] x=[0.7259521484375, 0.39166259765625, 0.37591552734375, 0.6160888671875, 1.0989990234375];
        double[] c=[-0.5625, -0.875, 1.5, -2.0625, 2.0625];
        var (mean, sd) = (x.Average(), 0.0);
        sd = Math.Sqrt(x.Select(e => (e - mean) * (e - mean)).Average() + 1e-6);
        var w = x.Select(e => 1 / (1 + Math.Exp(-(e - mean) / sd))).ToArray();
        var plan = TransportPlan.Of(w, [4, 1, 0], 1, SoftMode.Smooth);
        output.WriteLine($"{plan.Newton} {plan.Searches} {plan.Ridges} {plan.Residual}");
        for (var j = 0; j < 3; j++) output.WriteLine(string.Join(' ', plan.Weights(j).ToArray()));
        var d = new double[5];
        output.WriteLine($"{plan.Vjp(new TransportRows(1, 1, 1), false, c, d)}");
        output.WriteLine(string.Join(' ', d));
    }
}
