using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Snapshots;

/// <summary>A few generated files as a person reads them. Each is compiled with warnings as errors and run.</summary>
public sealed class GeneratedCode
{
    [Fact]
    public void BranchWithoutStorage()
    {
        var run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;

            namespace Demo;

            public static partial class Robust
            {
                [Differentiable]
                public static double Huber(double x, double delta)
                {
                    double a = Math.Abs(x);
                    if (a <= delta) return 0.5 * x * x;
                    return delta * (a - 0.5 * delta);
                }
            }
            """);
        Snapshot.Verify(run);
        object?[] arguments = [-3.0, 1.0, null, null];
        Assert.Equal(2.5, GeneratorRun.Method(run.Load(), "Demo.Robust", "HuberGrad").Invoke(null, arguments));
        Assert.Equal(-1.0, arguments[2]);
        Assert.Equal(2.0, arguments[3]);
    }

    [Fact]
    public void RowsOfATensor()
    {
        var run = GeneratorHarness.Run("""
            using System;
            using System.Numerics.Tensors;
            using SoftDiff;

            namespace Demo;

            public static partial class Batch
            {
                [Differentiable]
                public static double Loss(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> target)
                {
                    var sorted = new TensorSpan<double>(stackalloc double[(int)x.FlattenedLength], x.Lengths);
                    Soft.Sort(x, sorted, axis: 1, mode: SoftMode.Hard);
                    double loss = 0;
                    for (int i = 0; i < x.Lengths[0]; i++)
                    {
                        for (int j = 0; j < x.Lengths[1]; j++)
                        {
                            double error = sorted[i, j] - target[i, j];
                            loss += error * error;
                        }
                    }

                    return loss;
                }

                public static double Run(double[] x, double[] dX)
                {
                    double[] target = [0, 1, 2, 3], dTarget = new double[4];
                    return LossGrad(new(x, [2, 2]), new(target, [2, 2]), new(dX, [2, 2]), new(dTarget, [2, 2]));
                }
            }
            """);
        Snapshot.Verify(run);
        var dX = new double[4];
        Assert.Equal(1.0 + 1 + 4 + 4, GeneratorRun.Method(run.Load(), "Demo.Batch", "Run").Invoke(null, [new double[] { 1.0, 2, 5, 4 }, dX]));
        Assert.Equal([2.0, 2, 4, 4], dX);
    }

    [Fact]
    public void RecurrenceWithSavedValues()
    {
        var run = GeneratorHarness.Run("""
            using System;
            using SoftDiff;

            namespace Demo;

            public static partial class Series
            {
                [Differentiable]
                public static double Iterate(double x, int steps)
                {
                    double s = x;
                    for (int t = 0; t < steps; t++) s = Math.Sin(s) * x;
                    return s;
                }
            }
            """);
        Snapshot.Verify(run);
        object?[] arguments = [0.5, 1, null];
        Assert.Equal(Math.Sin(0.5) * 0.5, GeneratorRun.Method(run.Load(), "Demo.Series", "IterateGrad").Invoke(null, arguments));
        Assert.Equal(Math.Sin(0.5) + (0.5 * Math.Cos(0.5)), (double)arguments[2]!, 1e-15);
    }
}
