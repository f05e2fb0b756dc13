namespace SoftDiff.Benchmarks;

/// <summary>What was measured of one comparison; times are per call.</summary>
/// <param name="Spread">Half the distance between the quartiles of the ratios of single rounds: large where other programs disturbed the run.</param>
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
        int calls = Math.Max(Calibrate(comparison.Subject), Calibrate(comparison.Baseline));
        double bytes = BytesPerCall(comparison.Subject, calls);

        var subject = new double[Rounds];
        var baseline = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            // Who goes first alternates, so neither profits from what the other leaves in the caches.
            if (round % 2 == 0) subject[round] = Time(comparison.Subject, calls);
            baseline[round] = Time(comparison.Baseline, calls);
            if (round % 2 != 0) subject[round] = Time(comparison.Subject, calls);
        }

        double[] ratios = [.. subject.Zip(baseline, (mine, theirs) => mine / theirs).Order()];
        double spread = (ratios[Rounds * 3 / 4] - ratios[Rounds / 4]) / 2;
        return new Row(comparison.Name, comparison.Kind, Median(subject) / calls, Median(baseline) / calls, spread, bytes);
    }

    private int Calibrate(Func<int, double> function)
    {
        int calls = 1;
        while (Time(function, calls) < SampleSeconds && calls < 1 << 28) calls *= 2;
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
