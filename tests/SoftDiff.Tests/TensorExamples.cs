using System.Numerics.Tensors;

namespace SoftDiff.Tests;

/// <summary>Methods with tensors, to be differentiated.</summary>
public static partial class TensorExamples
{
    /// <summary>A batch of rows, each sorted, against one target.</summary>
    [Differentiable]
    public static double BatchLoss(ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> target, double softness)
    {
        int rows = (int)x.Lengths[0], columns = (int)x.Lengths[1];
        Span<double> buffer = stackalloc double[rows * columns];
        var sorted = new TensorSpan<double>(buffer, [rows, columns]);
        Soft.Sort(x, sorted, axis: 1, softness: softness);
        double loss = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double error = sorted[i, j] - target[j];
                loss += error * error;
            }
        }

        return loss / rows;
    }

    [Differentiable]
    public static float BatchLossSingle(ReadOnlyTensorSpan<float> x, ReadOnlySpan<float> target, float softness)
    {
        int rows = (int)x.Lengths[0], columns = (int)x.Lengths[1];
        Span<float> buffer = stackalloc float[rows * columns];
        var sorted = new TensorSpan<float>(buffer, [rows, columns]);
        Soft.Sort(x, sorted, axis: 1, softness: softness);
        float loss = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float error = sorted[i, j] - target[j];
                loss += error * error;
            }
        }

        return loss / rows;
    }

    /// <summary>Elements by their indices, without any operator.</summary>
    [Differentiable]
    public static double Smoothness(ReadOnlyTensorSpan<double> image, double weight)
    {
        double sum = 0;
        for (int i = 0; i < image.Lengths[0]; i++)
        {
            for (int j = 1; j < image.Lengths[1]; j++)
            {
                double step = image[i, j] - image[i, j - 1];
                sum += Math.Sqrt(1 + weight * step * step);
            }
        }

        return sum;
    }

    /// <summary>A buffer that is read and written.</summary>
    [Differentiable]
    public static void RunningSums(TensorSpan<double> y, ReadOnlyTensorSpan<double> x)
    {
        for (int i = 0; i < y.Lengths[0]; i++)
        {
            for (int j = 0; j < y.Lengths[1]; j++) y[i, j] = y[i, j] * x[i, j] + (j > 0 ? y[i, j - 1] : 0);
        }
    }

    /// <summary>A buffer whose elements are worked on before and after it is passed on as a whole.</summary>
    [Differentiable]
    public static void SquaresOfRanks(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y)
    {
        for (int i = 0; i < x.Lengths[0]; i++)
        {
            for (int j = 0; j < x.Lengths[1]; j++) y[i, j] += x[i, j] * x[i, j];
        }

        Soft.Rank(y, y, axis: 0, softness: 0.4);
        for (int i = 0; i < x.Lengths[0]; i++)
        {
            for (int j = 0; j < x.Lengths[1]; j++) y[i, j] *= y[i, j];
        }
    }

    /// <summary>Operators of several inputs, one after the other.</summary>
    [Differentiable]
    public static double Selected(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y, ReadOnlyTensorSpan<double> index, double softness)
    {
        int count = (int)x.FlattenedLength, taken = (int)index.Lengths[0], columns = (int)x.Lengths[1];
        var greater = new TensorSpan<double>(stackalloc double[count], x.Lengths);
        var both = new TensorSpan<double>(stackalloc double[count], x.Lengths);
        var chosen = new TensorSpan<double>(stackalloc double[count], x.Lengths);
        var rows = new TensorSpan<double>(stackalloc double[taken * columns], [taken, columns]);
        var all = new TensorSpan<double>(stackalloc double[taken], [taken, 1]);
        var any = new TensorSpan<double>(stackalloc double[columns], [columns]);
        Soft.Greater(x, y, greater, softness);
        Soft.Not(greater, both);
        Soft.And(greater, both, both);
        Soft.Where(greater, x, y, chosen);
        Soft.Take(both, index, rows, axis: 0);
        Soft.All(rows, all, axis: 1, keepDims: true);
        Soft.Any(rows, any, axis: 0);
        double s = 0;
        for (int i = 0; i < taken; i++) s += all[i, 0];
        for (int j = 0; j < columns; j++) s += any[j] * chosen[0, j];
        return s;
    }

    [Differentiable]
    public static void Sort(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.Sort(x, y, axis, softness);

    [Differentiable]
    public static void SortSt(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.SortSt(x, y, axis, softness);

    [Differentiable]
    public static void Rank(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.Rank(x, y, axis, softness);

    [Differentiable]
    public static void Max(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.Max(x, y, axis, keepDims: true, softness);

    [Differentiable]
    public static void ArgMax(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.ArgMax(x, y, axis, softness: softness);

    [Differentiable]
    public static void Quantile(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.Quantile(x, 0.3, y, axis, softness: softness);

    [Differentiable]
    public static void TopK(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.TopK(x, 1, y, default, axis, softness);

    [Differentiable]
    public static void Relu(in ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis, double softness) =>
        Soft.Relu(x, y, softness);
}
