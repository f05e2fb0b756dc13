using System.Numerics.Tensors;

namespace SoftDiff.Tests.Declared;

/// <summary>Batches of functions of tensors.</summary>
public static partial class TensorBatches
{
    /// <summary>Writes the squares of a matrix and returns their sum plus one.</summary>
    [Differentiable]
    public static double Squares(ReadOnlyTensorSpan<double> x, TensorSpan<double> y)
    {
        var sum = 1.0;
        for (nint i = 0; i < x.Lengths[0]; i++)
        {
            for (nint j = 0; j < x.Lengths[1]; j++)
            {
                y[i, j] = x[i, j] * x[i, j];
                sum += y[i, j];
            }
        }

        return sum;
    }

    [Vmap(nameof(Squares))]
    public static partial void SquaresBatch(int batch, ReadOnlyTensorSpan<double> x, TensorSpan<double> y, Span<double> values);

    [Gradient(nameof(Squares))]
    public static partial double SquaresGradient(
        ReadOnlyTensorSpan<double> x, TensorSpan<double> y, TensorSpan<double> dX, TensorSpan<double> dY);

    [Vmap(nameof(SquaresGradient))]
    public static partial void SquaresGradients(
        int batch, ReadOnlyTensorSpan<double> x, TensorSpan<double> y, TensorSpan<double> dX, TensorSpan<double> dY, Span<double> values);
}
