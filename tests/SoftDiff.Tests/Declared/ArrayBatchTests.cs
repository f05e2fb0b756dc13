namespace SoftDiff.Tests.Declared;

public sealed class ArrayBatchTests
{
    [Fact]
    public void Batches_of_derivatives_are_loops()
    {
        double[] x = [0.5, -1, 2, 0.25, 3, -0.75], y = [1.5, -2, 0.5];
        var (gradients, slopes, hessians, values) = (new double[6], new double[3], new double[27], new double[3]);
        ArrayBatches.EnergyGradients(3, x, y, gradients, slopes, values);
        ArrayBatches.EnergyHessians(3, x, y, hessians, new double[3]);
        for (var i = 0; i < 3; i++)
        {
            var (gradient, hessian, example) = (new double[2], new double[9], x[(2 * i)..(2 * (i + 1))]);
            Assert.Equal(ArrayBatches.EnergyGradient(example, y[i], gradient, out var slope), values[i]);
            ArrayBatches.EnergyHessian(example, y[i], hessian);
            Assert.Equal([.. gradient, slope], [.. gradients[(2 * i)..(2 * (i + 1))], slopes[i]]);
            Differences.AssertClose(hessian, hessians[(9 * i)..(9 * (i + 1))], 1e-14);
        }
    }
}
