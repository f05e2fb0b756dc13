using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Batching;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>What batches require of their arguments, and what they cost.</summary>
public sealed class BatchTests
{
    private const string Source = """
        using System;
        using System.Linq;
        using System.Threading;
        using SoftDiff;

        public static partial class C
        {
            // The temporal difference error with the target held fixed.
            [Differentiable(Wrt = ["theta"])]
            public static double TdLoss(ReadOnlySpan<double> theta, ReadOnlySpan<double> sTm1, double rT, ReadOnlySpan<double> sT)
            {
                double target = rT + Dot(theta, sT);
                double error = Diff.StopGradient(target) - Dot(theta, sTm1);
                return error * error;
            }

            [Differentiable]
            public static void Step(double rate, ref double x, double[] slopes, Span<double> trace, bool keep, out double last)
            {
                double[] scaled = new double[slopes.Length];
                for (int i = 0; i < slopes.Length; i++) scaled[i] = rate * slopes[i];
                last = x;
                for (int i = 0; i < slopes.Length; i++)
                {
                    if (!keep) x -= scaled[i];
                    trace[i] += x;
                }

                if (x > 1e6) throw new InvalidOperationException($"x is {x:R}");
            }

            private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
            {
                double sum = 0;
                for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
                return sum;
            }
        }

        public static class Driver
        {
            public static double[] Td()
            {
                double[] dTheta = new double[6], values = new double[2];
                double[] theta = { 0.1, -0.1, 0 }, sTm1 = { 1, 2, -1, 1, 2, -1 }, rT = { 1, 1 }, sT = { 2, 1, 0, 2, 1, 0 };
                C.TdLossGradBatch(2, theta, sTm1, rT, sT, dTheta, values);
                return dTheta.Concat(values).ToArray();
            }

            public static string Step(bool parallel, int batch, int x, int slopes, int trace, int keep, int last)
            {
                double[] xs = new double[x], traces = new double[trace], lasts = Enumerable.Repeat(9d, last).ToArray();
                Exception error = Thrown(() =>
                {
                    if (parallel) C.StepBatchParallel(batch, 0.5, xs, new double[slopes], traces, new bool[keep], lasts);
                    else C.StepBatch(batch, 0.5, xs, new double[slopes], traces, new bool[keep], lasts);
                });
                if (lasts.Any(l => l != 9)) return "written";
                return error is null ? "" : error.GetType().Name + ": " + error.Message;
            }

            public static string Overlap()
            {
                double[] memory = new double[8];
                return Thrown(() => C.StepBatch(2, 0.5, memory.AsSpan(0, 2), new double[4], memory.AsSpan(1, 4), new bool[2], new double[2]))?.Message ?? "";
            }

            public static string Parallel(int batch, bool fails)
            {
                (double[] x, double[] trace, double[] last) one = Arrays(), other = Arrays();
                double[] slopes = Enumerable.Range(0, 3 * batch).Select(i => Math.Sin(i)).ToArray();
                bool[] keep = Enumerable.Range(0, batch).Select(i => i % 3 == 0).ToArray();
                Exception serial = Thrown(() => C.StepBatch(batch, 0.5, one.x, slopes, one.trace, keep, one.last));
                Exception parallel = Thrown(() => C.StepBatchParallel(batch, 0.5, other.x, slopes, other.trace, keep, other.last));
                if (fails) return parallel is InvalidOperationException && serial?.Message == parallel.Message ? "" : serial + "\n" + parallel;
                bool same = one.x.SequenceEqual(other.x) && one.trace.SequenceEqual(other.trace) && one.last.SequenceEqual(other.last);
                return same && parallel is null ? "" : "they differ";

                (double[], double[], double[]) Arrays() => (
                    Enumerable.Range(0, batch).Select(i => fails && i % 100 > 90 ? 2e6 + i : Math.Cos(i)).ToArray(),
                    Enumerable.Range(0, 3 * batch).Select(i => 1d / (1 + i)).ToArray(),
                    new double[batch]);
            }

            public static long Allocated()
            {
                double[] x = new double[100], trace = new double[30_000], slopes = new double[30_000], last = new double[100];
                bool[] keep = new bool[100];
                long least = long.MaxValue;
                for (int attempt = 0; attempt < 5; attempt++)
                {
                    C.StepBatch(100, 0.5, x, slopes, trace, keep, last);
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    C.StepBatch(100, 0.5, x, slopes, trace, keep, last);
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }

                return least;
            }

            private static Exception Thrown(Action action)
            {
                try
                {
                    action();
                    return null;
                }
                catch (Exception exception)
                {
                    return exception;
                }
            }
        }
        """;

    private static readonly Lazy<BatchedSource> Compiled = new(() => new BatchedSource("#nullable disable\n" + Source, Make));

    [Fact]
    public void Per_example_gradients_of_the_temporal_difference_update()
    {
        double[] found = Compiled.Value.Driver<Func<double[]>>("Td")();
        double[] expected = [-2.4, -4.8, 2.4, -2.4, -4.8, 2.4, 1.44, 1.44];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 14);
    }

    [Theory]
    [InlineData(3, 3, 6, 6, 3, 3, "")]
    [InlineData(3, 3, 7, 6, 3, 3, "ArgumentException: 'slopes' has length 7, which is no multiple of the 3 examples of the batch. (Parameter 'slopes')")]
    [InlineData(3, 3, 6, 5, 3, 3, "ArgumentException: 'trace' has length 5, which is no multiple of the 3 examples of the batch. (Parameter 'trace')")]
    [InlineData(3, 4, 6, 6, 3, 3, "ArgumentException: 'x' has length 4; it must have length 3, one element for each example of the batch. (Parameter 'x')")]
    [InlineData(3, 3, 6, 6, 2, 3, "ArgumentException: 'keep' has length 2; it must have length 3, one element for each example of the batch. (Parameter 'keep')")]
    [InlineData(3, 3, 6, 6, 3, 9, "ArgumentException: 'last' has length 9; it must have length 3, one element for each example of the batch. (Parameter 'last')")]
    [InlineData(0, 0, 0, 0, 0, 0, "")]
    [InlineData(0, 1, 2, 3, 4, 5, "")]
    [InlineData(-1, 0, 0, 0, 0, 0, "ArgumentOutOfRangeException: batch ('-1') must be a non-negative value. (Parameter 'batch')\nActual value was -1.")]
    public void Lengths_are_checked_before_anything_is_written(int batch, int x, int slopes, int trace, int keep, int last, string error)
    {
        foreach (bool parallel in new[] { false, true })
        {
            string found = Compiled.Value.Driver<Func<bool, int, int, int, int, int, int, string>>("Step")(parallel, batch, x, slopes, trace, keep, last);
            Assert.Equal(batch > 0 && error.Length == 0 ? "written" : error, found.ReplaceLineEndings("\n"));
        }
    }

    [Fact]
    public void What_is_written_must_not_overlap() =>
        Assert.Equal("'x' and 'trace' share memory; they must not overlap. (Parameter 'x')", Compiled.Value.Driver<Func<string>>("Overlap")());

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1000, false)]
    [InlineData(1000, true)]
    public void Several_cores_give_the_same_bits_and_the_first_exception(int batch, bool fails) =>
        Assert.Equal("", Compiled.Value.Driver<Func<int, bool, string>>("Parallel")(batch, fails));

    [Fact]
    public void Nothing_is_allocated() => Assert.Equal(0, Compiled.Value.Driver<Func<long>>("Allocated")());

    [Fact]
    public void A_written_buffer_cannot_be_shared()
    {
        ValueSource values = new();
        Value y = values.Fresh(new ArrayType(ScalarType.Double, ArrayForm.Span), "y");
        BlockBuilder body = new(values);
        body.Add(new Fill(y, new NumberConstant(ScalarType.Double, 1)));
        Module module = new(new Function("F", [new Parameter(y, ParameterMode.Value, Wrt: true)], null, body.Build()), []);
        ArgumentException error = Assert.Throws<ArgumentException>(() => BatchTransform.Apply(module, [0], "FBatch", parallel: false));
        Assert.StartsWith("y is shared", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vjp")]
    [InlineData("Jvp")]
    public void A_batch_on_several_cores_is_not_differentiated(string kind)
    {
        ValueSource values = new();
        Value x = values.Fresh(ScalarType.Double, "x");
        BlockBuilder body = new(values);
        Block product = body.Build(body.Compute(ScalarType.Double, Opcode.Multiply, x, x));
        Function square = new("F", [new Parameter(x, ParameterMode.Value, Wrt: true)], ScalarType.Double, product);
        Module batch = BatchTransform.Apply(new Module(square, []), [], "FBatch", parallel: true);
        Assert.Throws<UnknownOperationException>(() => BatchedModules.Finish(batch, Enum.Parse<CompanionKind>(kind)));
    }

    private static IEnumerable<Companion> Make(Module module)
    {
        if (module.Root.Name == "TdLoss")
        {
            yield return BatchedModules.Finish(BatchedModules.Batch(BatchedModules.Derive(module, CompanionKind.Gradient), "theta"));
            yield break;
        }

        yield return BatchedModules.Finish(BatchedModules.Batch(module, "rate"));
        yield return BatchedModules.Finish(BatchedModules.BatchInParallel(module, "rate"));
    }
}
