using System.Diagnostics;

namespace SoftDiff.Benchmarks.Operators;

/// <summary>What <c>parallel: true</c> gains: batches on all cores and on one by turns, by the clock on the wall.</summary>
internal static class CoresTable
{
    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine($"rows shared among {Environment.ProcessorCount} cores, SoftSort, value and VJP in float");
        Console.WriteLine($"{"",-40} {"one core",11} {"all cores",11} {"ratio",8}");
        foreach (var (rows, n) in (ReadOnlySpan<(int, int)>)[(256, 64), (4096, 64), (64, 4096)]) Print(rows, n, quick ? 15 : 51);
    }

    private static void Print(int rows, int n, int rounds)
    {
        var run = OperatorSuite.Batches(rows, n);
        WarmUp.Run(() =>
        {
            run(1, false);
            run(1, true);
        });
        var calls = Math.Max(1, (1 << 18) / (rows * n));
        var (one, all) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++) (one[round], all[round]) = (Time(parallel: false), Time(parallel: true));
        var (onOne, onAll) = (Measurement.Median(one), Measurement.Median(all));
        Console.WriteLine($"{$"batch {rows}x{n}",-40} {Report.Time(onOne),11} {Report.Time(onAll),11} {onOne / onAll,8:F2}");

        double Time(bool parallel)
        {
            var start = Stopwatch.GetTimestamp();
            run(calls, parallel);
            return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
        }
    }
}
