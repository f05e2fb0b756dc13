using System.Diagnostics;
using System.Numerics.Tensors;

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
        var (x, c, y, d) = OperatorSuite.Arrays(rows * n);
        WarmUp.Run(() =>
        {
            Call(parallel: false);
            Call(parallel: true);
        });
        var calls = Math.Max(1, (1 << 18) / (rows * n));
        var (one, all) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++) (one[round], all[round]) = (Time(parallel: false), Time(parallel: true));
        var (onOne, onAll) = (Measurement.Median(one), Measurement.Median(all));
        Console.WriteLine($"{$"batch {rows}x{n}",-40} {Report.Time(onOne),11} {Report.Time(onAll),11} {onOne / onAll,8:F2}");

        double Time(bool parallel)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) Call(parallel);
            return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
        }

        void Call(bool parallel)
        {
            ReadOnlySpan<nint> shape = [rows, n];
            Soft.SortVjp(
                new ReadOnlyTensorSpan<float>(x, shape), new TensorSpan<float>(y, shape), new ReadOnlyTensorSpan<float>(c, shape),
                new TensorSpan<float>(d, shape), axis: 1, softness: 0.1f, method: SortMethod.SoftSort, parallel: parallel);
        }
    }
}
