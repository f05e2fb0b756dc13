using System.Runtime.InteropServices;
using SoftDiff.Tests.Programs.Learning.Adam;
using SoftDiff.Tests.Programs.Learning.Boosting;
using SoftDiff.Tests.Programs.Learning.Conv;
using SoftDiff.Tests.Programs.Learning.KMeans;
using SoftDiff.Tests.Programs.Learning.Norm;

namespace SoftDiff.Tests.Programs.Learning;

/// <summary>Losses and layers, as one writes them without SoftDiff, against differences.</summary>
public sealed class LearningProgramTests
{
    [Fact]
    public void AConvolutionIsExact()
    {
        double[,,] image = new double[6, 6, 1], kernels = new double[2, 3, 3], dKernels = new double[2, 3, 3];
        double[,] dense = new double[3, 8], dDense = new double[3, 8];
        double[] bias = Row(2, 18), dBias = new double[2];
        Fill(MemoryMarshal.CreateSpan(ref image[0, 0, 0], image.Length), 3);
        Span<double> kernel = MemoryMarshal.CreateSpan(ref kernels[0, 0, 0], kernels.Length), weights = MemoryMarshal.CreateSpan(ref dense[0, 0], dense.Length);
        Fill(kernel, 1);
        Fill(weights, 2);

        double Cost() => ConvNet.CrossEntropy(kernels, bias, dense, image, 1);
        ConvNet.CrossEntropyGrad(kernels, bias, dense, image, 1, dKernels, dBias, dDense);

        Differences.AssertGradient(Cost, kernel, MemoryMarshal.CreateSpan(ref dKernels[0, 0, 0], dKernels.Length), 1e-5);
        Differences.AssertGradient(Cost, bias, dBias, 1e-5);
        Differences.AssertGradient(Cost, weights, MemoryMarshal.CreateSpan(ref dDense[0, 0], dDense.Length), 1e-5);
    }

    [Fact]
    public void ANormalizedBatchIsExact()
    {
        double[][] batch = Rows(4, 3, 0.3), targets = Rows(4, 3, 1.1), dBatch = Rows(4, 3, 0);
        double[] gamma = Row(3, 2), beta = Row(3, 3), dGamma = new double[3], dBeta = new double[3];

        double Cost() => Normalization.Loss(batch, gamma, beta, targets, new BatchNormLayer());
        Normalization.LossGrad(batch, gamma, beta, targets, new BatchNormLayer(), dBatch, dGamma, dBeta);

        for (int i = 0; i < batch.Length; i++) Differences.AssertGradient(Cost, batch[i], dBatch[i], 1e-5);
        Differences.AssertGradient(Cost, gamma, dGamma);
        Differences.AssertGradient(Cost, beta, dBeta);
    }

    [Fact]
    public void SoftClustersAreExact()
    {
        double[][] points = Rows(4, 2, 1), centers = Rows(3, 2, 0.3), dCenters = Rows(3, 2, 0), dMoved = Rows(3, 2, 0);
        double[] temperature = [0.7];

        double Energy() => SoftClustering.FreeEnergy(centers, temperature[0], points);
        double Moved() => SoftClustering.AfterOneStep(centers, points, 0.4);
        SoftClustering.FreeEnergyGrad(centers, temperature[0], points, dCenters, out double dTemperature);
        SoftClustering.AfterOneStepGrad(centers, points, 0.4, dMoved);

        Differences.AssertGradient(Energy, temperature, [dTemperature], 1e-4);
        for (int k = 0; k < centers.Length; k++)
        {
            Differences.AssertGradient(Energy, centers[k], dCenters[k], 1e-4);
            Differences.AssertGradient(Moved, centers[k], dMoved[k], 1e-4);
        }
    }

    [Fact]
    public void AHyperGradientThroughAdamIsExact()
    {
        double[] start = [-0.5, 0.7, 1.2], p = [0.05, 0.9], dStart = new double[3];

        double Cost() => HyperGradient.FinalLoss(start, p[0], p[1], 15);
        HyperGradient.FinalLossGrad(start, p[0], p[1], 15, dStart, out double dRate, out double dBeta1);

        Differences.AssertGradient(Cost, start, dStart, 1e-5);
        Differences.AssertGradient(Cost, p, [dRate, dBeta1], 1e-5);
    }

    [Fact]
    public void LeavesOfBoostedTreesAreExact()
    {
        static Node Tree(string first, string second)
        {
            var right = new Boosting.Split
            {
                Feature = second, Threshold = 0, Left = new Leaf { Index = 1 }, Right = new Leaf { Index = 2 },
            };
            return new Boosting.Split { Feature = first, Threshold = 0.5, Left = new Leaf { Index = 0 }, Right = right };
        }

        var model = new BoostedModel([Tree("a", "b"), Tree("b", "a")], 3);
        Sample[] samples =
        [
            new(new() { ["a"] = 1, ["b"] = -1 }, 1), new(new() { ["a"] = 0, ["b"] = 1 }, 0, 2), new(new() { ["a"] = 0.7, ["b"] = 0.3 }, 1),
        ];
        double[] leaves = Row(6, 1), dLeaves = new double[6];

        model.LogLossGrad(leaves, samples, 0.1, dLeaves);

        Differences.AssertGradient(() => model.LogLoss(leaves, samples, 0.1), leaves, dLeaves);
    }

    private static void Fill(Span<double> numbers, double seed)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = 0.5 * Math.Sin(seed + (1.7 * i));
    }

    private static double[] Row(int length, double seed)
    {
        var row = new double[length];
        Fill(row, seed);
        return row;
    }

    private static double[][] Rows(int count, int length, double seed) => [.. Enumerable.Range(0, count).Select(i => Row(length, seed + i))];
}
