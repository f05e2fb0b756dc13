using System.Runtime.InteropServices;
using SoftDiff.Benchmarks.Torch;

namespace SoftDiff.Benchmarks.Transformations;

/// <summary>What derivatives cost, as multiples of what they are derivatives of, and beside PyTorch.</summary>
internal static class CostTable
{
    public static int Run(RunOptions options)
    {
        using var torch = TorchPeer.Start("torch_network.py", out string reason);
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, vectors of {Widths.Bits} bits, one thread");
        Console.WriteLine("medians of processor time per call, samples of both by turns; the ratio is that which the name states");
        Console.WriteLine(torch is null ? $"no PyTorch to compare with ({reason}): its rows are skipped"
            : $"PyTorch {torch.Version}, double, one thread");
        Console.WriteLine();
        Console.WriteLine($"{"",-54} {"derivative",11} {"other",11} {"ratio",8} {"±",6} {"wanted",8} {"bytes",7}");
        bool agreed = true;
        List<string> missed = [];
        foreach (var cost in ScalarCosts.All().Concat(NetworkCosts.All()).Where(cost => options.Selects(cost.Name)))
        {
            if (cost.Baseline is null && torch is null) continue;
            try
            {
                if (!Print(cost, Measure(cost, torch, options.Quick))) missed.Add(cost.Name);
            }
            catch (DisagreementException disagreement)
            {
                agreed = false;
                Console.WriteLine($"{cost.Name,-54} WRONG: {disagreement.Message}");
            }
        }

        Console.WriteLine();
        Console.WriteLine(missed.Count == 0 ? "Every ratio is as wanted." : "Not as wanted: " + string.Join("; ", missed));
        return agreed && missed.Count == 0 ? 0 : 1;
    }

    private static Row Measure(Cost cost, TorchPeer? torch, bool quick)
    {
        var measurement = quick ? Measurement.Quick : Measurement.Thorough;
        return cost.Baseline is { } baseline
            ? measurement.Measure(new Comparison(cost.Name, RowKind.Gradient, cost.Subject, baseline, cost.Verify))
            : measurement.Measure(cost.Name, cost.Subject, torch!, cost.Torch!, cost.Verify);
    }

    /// <summary>Whether the ratio is as wanted.</summary>
    private static bool Print(Cost cost, Row row)
    {
        double ratio = cost.Wanted.IsSpeed ? 1 / row.Ratio : row.Ratio;
        double spread = row.Spread / row.Ratio * ratio;
        Console.WriteLine(
            $"{cost.Name,-54} {Report.Time(row.Seconds),11} {Report.Time(row.BaselineSeconds),11} {ratio,8:F2} {spread,6:F2} {cost.Wanted,8} {row.Bytes,7:0.##}");
        return cost.Wanted.Holds(ratio) && row.Bytes == 0;
    }
}
