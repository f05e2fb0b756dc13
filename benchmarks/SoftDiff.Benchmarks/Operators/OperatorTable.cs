using System.Runtime.InteropServices;
using System.Text.Json;
using SoftDiff.Benchmarks.Torch;

namespace SoftDiff.Benchmarks.Operators;

/// <summary>Measures the soft operators and their peers by turns, prints the table and writes benchmarks/operators.json.</summary>
internal static class OperatorTable
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Run(bool quick, string filter)
    {
        var rows = OperatorSuite.All().Where(row => row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rows.Count == 0) return;

        using var torch = TorchPeer.Start("torch_operators.py", out var reason);
        Console.WriteLine();
        Console.WriteLine(torch is null
            ? $"soft operators, value and VJP in float, one thread; no PyTorch to compare with ({reason}), its column is left out"
            : $"soft operators, value and VJP in float, one thread, beside PyTorch {torch.Version}");
        Console.WriteLine($"{"",-40} {"SoftDiff",11} {"peer",11} {"ratio",8} {"wanted",9} {"bytes",7}");
        var results = rows.Select(row => Print(Measure(row, torch, quick ? 0.02 : 0.1, quick ? 7 : 15))).ToList();
        var missed = results.Where(result => result.Reached == false).Select(result => result.Row.Name).ToList();
        Console.WriteLine(missed.Count == 0 ? "Every ratio that was measured is as wanted." : "Not as wanted: " + string.Join(", ", missed));
        if (filter.Length == 0) Save(results, torch?.Version);
    }

    private static OperatorResult Measure(OperatorRow row, TorchPeer? torch, double sample, int rounds)
    {
        Func<int, double>? peer = row.ByHand is { } byHand ? calls => Time(byHand, calls)
            : torch is not null && row.Torch is { } name ? calls => torch.Time(name, calls) : null;
        WarmUp.Run(() =>
        {
            Time(row.Run, 1);
            if (row.ByHand is not null) Time(row.ByHand, 1);
        });
        var calls = Calibrate(n => Time(row.Run, n), sample);
        var before = GC.GetAllocatedBytesForCurrentThread();
        row.Run(calls);
        var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        peer?.Invoke(1);
        var peerCalls = peer is null ? 0 : Calibrate(peer, sample);
        var (mine, theirs) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            mine[round] = Time(row.Run, calls) / calls;
            if (peer is not null) theirs[round] = peer(peerCalls) / peerCalls;
        }

        return new(row, Measurement.Median(mine), peer is null ? null : Measurement.Median(theirs), bytes);
    }

    private static int Calibrate(Func<int, double> time, double sample)
    {
        var calls = 1;
        while (time(calls) < sample && calls < 1 << 24) calls *= 2;
        return calls;
    }

    private static double Time(Action<int> run, int calls)
    {
        var start = Environment.CpuUsage.TotalTime;
        run(calls);
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static OperatorResult Print(OperatorResult result)
    {
        var (row, ratio) = (result.Row, result.Ratio);
        var wanted = row.ByHand is null ? $"≥ {row.Wanted}" : $"≤ {row.Wanted}";
        var peer = result.Peer is { } seconds ? Report.Time(seconds) : "–";
        Console.WriteLine(
            $"{row.Name,-40} {Report.Time(result.Seconds),11} {peer,11} {(ratio is null ? "–" : $"{ratio:F2}"),8} {wanted,9} {result.Bytes,7:0.##}");
        return result;
    }

    private static void Save(IEnumerable<OperatorResult> results, string? version)
    {
        var path = Path.Combine(Report.Folder(), "operators.json");
        var content = new
        {
            Runtime = RuntimeInformation.FrameworkDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Torch = version,
            Rows = results.Select(r => new
            {
                r.Row.Name, Peer = r.Row.ByHand is null ? "torch" : "hand-written", r.Seconds, PeerSeconds = r.Peer, r.Ratio, r.Row.Wanted, BytesPerCall = r.Bytes,
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(content, Json) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
    }
}
