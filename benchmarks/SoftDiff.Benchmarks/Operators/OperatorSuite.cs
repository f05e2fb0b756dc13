using System.Numerics.Tensors;

namespace SoftDiff.Benchmarks.Operators;

/// <summary>The rows of the table of soft operators. All have softness 0.1 and squash their input, as the defaults say.</summary>
internal static class OperatorSuite
{
    private const double SortsFaster = 8;
    private const double OthersFaster = 4;
    private const double ByHand = 1.3;

    public static IEnumerable<OperatorRow> All()
    {
        foreach (var n in (int[])[64, 1024]) yield return Sort("SoftSort", SortMethod.SoftSort, n, SortsFaster);
        foreach (var n in (int[])[64, 1024]) yield return Sort("NeuralSort", SortMethod.NeuralSort, n, SortsFaster);
        yield return Batch(256, 64);
        foreach (var n in (int[])[1_000, 100_000, 1_000_000])
        {
            yield return Sort("FastSoftSort", SortMethod.FastSoftSort, n, OthersFaster, SoftMode.C0);
        }

        yield return Rank(1024);
        foreach (var n in (int[])[1_000, 1_000_000]) yield return ArgMax(n);
        yield return Sort("OptimalTransport", SortMethod.OptimalTransport, 64, OthersFaster);
        foreach (var n in (int[])[1_000, 1_000_000]) yield return ArgMaxByHand(n);
        foreach (var n in (int[])[1_000, 1_000_000]) yield return SigmoidalByHand(n);
    }

    private static OperatorRow Sort(string name, SortMethod method, int n, double wanted, SoftMode mode = SoftMode.Smooth)
    {
        var (x, c, y, d) = Arrays(n);
        return new($"{name} n={n}", calls =>
        {
            for (var i = 0; i < calls; i++) Soft.SortVjp(x, y, c, d, out _, 0.1f, mode, method);
        }, $"{name}:{n}", null, wanted);
    }

    private static OperatorRow Batch(int rows, int n)
    {
        var run = Batches(rows, n);
        return new($"SoftSort batch {rows}x{n}", calls => run(calls, false), $"SoftSort:{rows}x{n}", null, SortsFaster);
    }

    /// <summary>Sorts each row of a batch, as often as is said, on one core or on all.</summary>
    public static Action<int, bool> Batches(int rows, int n)
    {
        var (x, c, y, d) = Arrays(rows * n);
        return (calls, parallel) =>
        {
            ReadOnlySpan<nint> shape = [rows, n];
            for (var i = 0; i < calls; i++)
            {
                Soft.SortVjp(
                    new ReadOnlyTensorSpan<float>(x, shape), new TensorSpan<float>(y, shape), new ReadOnlyTensorSpan<float>(c, shape),
                    new TensorSpan<float>(d, shape), out _, axis: 1, softness: 0.1f, method: SortMethod.SoftSort, parallel: parallel);
            }
        };
    }

    private static OperatorRow Rank(int n)
    {
        var (x, c, y, d) = Arrays(n);
        return new($"rank n={n}", calls =>
        {
            for (var i = 0; i < calls; i++) Soft.RankVjp(x, y, c, d, out _, 0.1f);
        }, $"rank:{n}", null, OthersFaster);
    }

    private static OperatorRow ArgMax(int n)
    {
        var (x, c, y, d) = Arrays(n);
        return new($"argmax n={n}", calls =>
        {
            for (var i = 0; i < calls; i++) Soft.ArgMaxVjp(x, y, c, d, out _, 0.1f);
        }, $"argmax:{n}", null, OthersFaster);
    }

    private static OperatorRow ArgMaxByHand(int n)
    {
        var (x, c, y, d) = Arrays(n);
        return new($"argmax n={n}, not squashed, by hand", calls =>
        {
            for (var i = 0; i < calls; i++) Soft.ArgMaxVjp(x, y, c, d, out _, 0.1f, standardize: false);
        }, null, calls =>
        {
            for (var i = 0; i < calls; i++) OperatorsByHand.ArgMax(x, y, c, d, 0.1f);
        }, ByHand);
    }

    private static OperatorRow SigmoidalByHand(int n)
    {
        var (x, c, y, d) = Arrays(n);
        return new($"sigmoidal n={n}, by hand", calls =>
        {
            for (var i = 0; i < calls; i++) Soft.SigmoidalVjp(x, y, c, d, out _, 0.1f);
        }, null, calls =>
        {
            for (var i = 0; i < calls; i++) OperatorsByHand.Sigmoidal(x, y, c, d, 0.1f);
        }, ByHand);
    }

    private static (float[] X, float[] C, float[] Y, float[] D) Arrays(int n)
    {
        var random = new Random(1);
        return (Normal(), Normal(), new float[n], new float[n]);

        float[] Normal() =>
            [.. Enumerable.Range(0, n).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
