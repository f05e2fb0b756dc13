using SoftDiff.Benchmarks.Torch;

namespace SoftDiff.Benchmarks;

/// <summary>What was measured of one comparison; times are per call.</summary>
/// <param name="Spread">Half the distance between the quartiles of the ratios of single rounds: large where other programs disturbed the
/// run.</param>
internal sealed record Row(string Name, RowKind Kind, double Seconds, double BaselineSeconds, double Spread, double Bytes)
{
    public double Ratio => Seconds / BaselineSeconds;
}

/// <summary>Interleaved timing: a sample of one, a sample of the other, many times over, and the medians.</summary>
internal sealed record Measurement(int Rounds, double SampleSeconds)
{
    private const int CallsPerTurn = 64;

    /// <summary>A minute or less for the whole table.</summary>
    public static Measurement Quick { get; } = new(Rounds: 51, SampleSeconds: 1e-3);

    public static Measurement Thorough { get; } = new(Rounds: 301, SampleSeconds: 3e-3);

    public Row Measure(Comparison comparison)
    {
        comparison.Verify();
        WarmUp.Run(() =>
        {
            Time(comparison.Subject, CallsPerTurn);
            Time(comparison.Baseline, CallsPerTurn);
        });
        Func<int, double> subject = calls => Time(comparison.Subject, calls), baseline = calls => Time(comparison.Baseline, calls);
        int calls = Math.Max(Calibrate(subject), Calibrate(baseline));
        double bytes = BytesPerCall(comparison.Subject, calls);
        return ByTurns(new(comparison.Name, comparison.Kind, 0, 0, 0, bytes), subject, calls, baseline, calls);
    }

    /// <summary>Beside the same work in PyTorch, whose samples have a number of calls of their own.</summary>
    public Row Measure(string name, Func<int, double> subject, TorchPeer torch, string work, Action verify)
    {
        verify();
        Func<int, double> mine = calls => Time(subject, calls), theirs = calls => torch.Time(work, calls);
        WarmUp.Run(() => mine(1));
        theirs(1);
        int calls = Calibrate(mine);
        return ByTurns(new(name, RowKind.Gradient, 0, 0, 0, BytesPerCall(subject, calls)), mine, calls, theirs, Calibrate(theirs));
    }

    private Row ByTurns(Row row, Func<int, double> subject, int calls, Func<int, double> baseline, int baselineCalls)
    {
        var mine = new double[Rounds];
        var theirs = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            // Who goes first alternates, so neither profits from what the other leaves in the caches.
            if (round % 2 == 0) mine[round] = subject(calls) / calls;
            theirs[round] = baseline(baselineCalls) / baselineCalls;
            if (round % 2 != 0) mine[round] = subject(calls) / calls;
        }

        double[] ratios = [.. mine.Zip(theirs, (one, other) => one / other).Order()];
        double spread = (ratios[Rounds * 3 / 4] - ratios[Rounds / 4]) / 2;
        return row with { Seconds = Median(mine), BaselineSeconds = Median(theirs), Spread = spread };
    }

    private int Calibrate(Func<int, double> time)
    {
        int calls = 1;
        while (time(calls) < SampleSeconds && calls < 1 << 28) calls *= 2;
        return calls;
    }

    /// <summary>In processor time, which does not run while other programs have the processor.</summary>
    private static double Time(Func<int, double> function, int calls)
    {
        var start = Environment.CpuUsage.TotalTime;
        function(calls);
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static double BytesPerCall(Func<int, double> function, int calls)
    {
        calls = Math.Max(calls, 100);
        function(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        function(calls);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls;
    }

    /// <summary>Sorts them for it.</summary>
    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
