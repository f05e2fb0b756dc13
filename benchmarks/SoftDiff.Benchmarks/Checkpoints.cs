using Samples;
using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Benchmarks;

/// <summary>
/// Memory and time of the gradient of a simulation: with all residuals stored, with checkpoints, and with ten slots. Prints rows for
/// docs/transformations.md.
/// </summary>
internal static class Checkpoints
{
    private const int Cells = 100;

    /// <summary>Of the long run: at most this many times the time of the stored one, at this part of its memory or less.</summary>
    private const double MostTime = 2.2, MostMemory = 1.0 / 20;

    private delegate double Gradient(ReadOnlySpan<double> start, ReadOnlySpan<double> walls, int steps, Span<double> dStart, Span<double> dWalls);

    /// <returns>The exit code: 1 if the ways disagree, or if the long run needs more than it may.</returns>
    public static int Run(bool quick)
    {
        Console.WriteLine($"| {Cells} cells | | stored | `[Checkpoint]` | `[Checkpoint(Slots = 10)]` |");
        Console.WriteLine("|---|---|---|---|---|");
        bool isRight = true;
        foreach (int steps in new[] { 1_000, 100_000 })
        {
            var rows = new Gradient[] { HeatEquation.StoredGrad, HeatEquation.CheckpointedGrad, HeatEquation.InTenSlotsGrad }
                .Select(gradient => Measure(gradient, steps, quick ? 3 : 9)).ToArray();
            Console.WriteLine($"| {steps} steps | memory | {Columns(rows, row => $"{row.Bytes / 1024.0:N0} KiB")} |");
            Console.WriteLine($"| | time | {Columns(rows, row => $"{row.Seconds * 1e3:F1} ms")} |");
            foreach (var row in rows) isRight &= AreClose(rows[0].Gradient, row.Gradient);
            if (steps < 100_000) continue;
            isRight &= rows[1].Seconds <= MostTime * rows[0].Seconds && rows[1].Bytes <= MostMemory * rows[0].Bytes;
        }

        Console.WriteLine(isRight ? "The gradients agree." : "WRONG: the gradients disagree, or checkpoints need more time or memory than they may.");
        return isRight ? 0 : 1;
    }

    private sealed record Cost(double Seconds, long Bytes, double[] Gradient);

    private static Cost Measure(Gradient gradient, int steps, int rounds)
    {
        double[] start = [.. Enumerable.Range(0, Cells).Select(i => Math.Sin(0.1 * i))];
        double[] walls = [.. Enumerable.Range(0, Cells - 1).Select(i => 0.2 + 0.1 * Math.Cos(i))];
        var (dStart, dWalls) = (new double[Cells], new double[Cells - 1]);
        void Call() => gradient(start, walls, steps, dStart, dWalls);
        WarmUp.Run(Call);
        long bytes = PooledMemory.Of(Call).Peak;
        var seconds = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Call();
            seconds[round] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        return new Cost(Measurement.Median(seconds), bytes, [.. dStart, .. dWalls]);
    }

    private static bool AreClose(double[] expected, double[] actual)
    {
        double scale = expected.Max(Math.Abs);
        return expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-12 * scale);
    }

    private static string Columns(Cost[] rows, Func<Cost, string> text) => string.Join(" | ", rows.Select(text));
}
