using System.Runtime.CompilerServices;
using SoftDiff.Benchmarks.Functions;
using SoftDiff.Benchmarks.Transformations;

namespace SoftDiff.Benchmarks.Jacobians;

/// <summary>
/// Bundle adjustment: the dense block of one observation, and the sparse Jacobian of all, beside what a person writes by hand.
/// </summary>
internal static class JacobianTable
{
    private const MethodImplOptions Plain = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private static readonly Bound Wanted = Bound.AtMost(1.1);

    private delegate void Block(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, ReadOnlySpan<double> feature, Span<double> error, Span<double> block);

    public static int Run(RunOptions options)
    {
        var problem = BundleAdjustment.Problem.Ladybug;
        Console.WriteLine($"{"",-44} {"generated",11} {"by hand",11} {"ratio",8} {"±",6} {"bytes",9}");
        try
        {
            var block = (options.Quick ? Measurement.Quick : Measurement.Thorough).Measure(OneBlock(problem));
            Print("2x15 block of one observation", block.Seconds, block.BaselineSeconds, block.Spread, block.Bytes);
            PrintAll(problem, options.Quick ? 5 : 25);
            bool holds = Wanted.Holds(block.Ratio) && block.Bytes == 0;
            Console.WriteLine(holds ? "Every ratio is as wanted."
                : $"Not as wanted: the block, whose ratio is to be {Wanted} and which is to allocate nothing");
            return holds ? 0 : 1;
        }
        catch (DisagreementException disagreement)
        {
            Console.WriteLine("WRONG: " + disagreement.Message);
            return 1;
        }
    }

    private static Comparison OneBlock(BundleAdjustment.Problem problem)
    {
        double[] error = new double[2], block = new double[30];
        Func<int, double> Loop(Block jacobian) => [MethodImpl(Plain)] (calls) =>
        {
            double sink = 0;
            for (int i = 0; i < calls; i++)
            {
                Call(jacobian, i & 1023);
                sink += block[0] + block[29];
            }

            return sink;
        };

        void Call(Block jacobian, int i) => jacobian(
            problem.Cameras.AsSpan(BundleAdjustment.CameraNumbers * problem.CameraOf[i], BundleAdjustment.CameraNumbers),
            problem.Points.AsSpan(BundleAdjustment.PointNumbers * problem.PointOf[i], BundleAdjustment.PointNumbers), problem.Weights[i],
            problem.Features.AsSpan(2 * i, 2), error, block);

        return new("block", RowKind.Gradient, Loop(BundleAdjustment.ResidualBlock), Loop(BundleAdjustment.BlockByHand), () =>
        {
            Call(BundleAdjustment.BlockByHand, 7);
            double[] expected = [.. block, .. error];
            Agreement.Dirty(block, error);
            Call(BundleAdjustment.ResidualBlock, 7);
            Agreement.Vector("block", [.. block, .. error], expected);
        });
    }

    private static void PrintAll(BundleAdjustment.Problem problem, int rounds)
    {
        double[] errors = new double[problem.Rows], expected = new double[problem.Rows], values = new double[31 * problem.Weights.Length];
        double first = Seconds(() => problem.Jacobian(errors));
        var matrix = problem.Jacobian(errors);
        problem.JacobianByHand(expected, values);
        Agreement.Vector("errors", errors, expected);
        Agreement.Vector("values", matrix.Values, problem.WithoutZeros(values));
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(problem.Jacobian(errors));
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var (generated, byHand) = (new double[rounds], new double[rounds]);
        for (int round = 0; round < rounds; round++)
        {
            generated[round] = Seconds(() => problem.Jacobian(errors));
            byHand[round] = Seconds(() => problem.JacobianByHand(expected, values));
        }

        double[] ratios = [.. generated.Zip(byHand, (one, other) => one / other).Order()];
        Print($"sparse, {problem.Weights.Length} observations", Measurement.Median(generated), Measurement.Median(byHand), (ratios[rounds * 3 / 4] - ratios[rounds / 4]) / 2, bytes);
        long result = (4L * (matrix.RowPointers.Length + matrix.Columns.Length)) + (8L * matrix.Values.Length);
        Console.WriteLine($"{matrix.Sweeps} colours; the arrays of the result have {result} bytes; the first call, which finds the pattern, took {Report.Time(first)}");
    }

    private static double Seconds(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static void Print(string name, double generated, double byHand, double spread, double bytes) => Console.WriteLine(
        $"{name,-44} {Report.Time(generated),11} {Report.Time(byHand),11} {generated / byHand,8:F2} {spread,6:F2} {bytes,9:0.##}");
}
