using System.Numerics.Tensors;

namespace SoftDiff.Tests.Declared;

public sealed class TensorBatchTests
{
    [Theory]
    [InlineData(2, 0, 3)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(0, 2, 3)]
    [InlineData(0, 0, 3)]
    public void A_batch_of_empty_tensors_is_the_loop(int batch, int rows, int columns)
    {
        nint[] shape = [batch, rows, columns];
        ReadOnlySpan<nint> example = shape.AsSpan(1);
        var (values, gradients) = (new double[batch], new double[batch]);
        TensorBatches.SquaresBatch(batch, Empty(shape), Empty(shape), values);
        TensorBatches.SquaresGradients(batch, Empty(shape), Empty(shape), Empty(shape), Empty(shape), gradients);
        double one = batch == 0 ? 1 : TensorBatches.Squares(Empty(example), Empty(example));
        Assert.All([one, .. values, .. gradients], value => Assert.Equal(1, value));
    }

    private static TensorSpan<double> Empty(ReadOnlySpan<nint> shape) => new(new double[0], shape);
}
