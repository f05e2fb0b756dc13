using System.Numerics.Tensors;

namespace SoftDiff.Tests;

/// <summary>Gradients that call the reverse modes of the soft operators: their derivatives are second derivatives.</summary>
public static partial class NestedDerivatives
{
    public const int Length = 6;

    /// <summary>The gradient of Σ (sort(x)ᵢ - targetᵢ)², and its value.</summary>
    [Differentiable(Wrt = ["x"])]
    public static double SortedDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> target, double softness, SortMethod method, Span<double> gradient)
    {
        Span<double> y = stackalloc double[Length];
        Span<double> c = stackalloc double[Length];
        Soft.Sort(x, y, softness, SoftMode.Smooth, method);
        var sum = 0.0;
        for (var i = 0; i < Length; i++)
        {
            var difference = y[i] - target[i];
            sum += difference * difference;
            c[i] = 2 * difference;
        }

        Soft.SortVjp(x, default, c, gradient, out _, softness, SoftMode.Smooth, method);
        return sum;
    }

    /// <summary>The slope of the ramp.</summary>
    [Differentiable]
    public static double RampSlope(double x, double softness, [NonDifferentiable] SoftMode mode)
    {
        Soft.ReluVjp(x, 1, out var slope, out _, softness, mode);
        return slope;
    }

    /// <summary>All that the reverse mode of the soft maximum gives, in one number.</summary>
    [Differentiable]
    public static double MaxAndSlopes(ReadOnlySpan<double> x, double cotangent, double softness)
    {
        Span<double> slopes = stackalloc double[Length];
        var value = Soft.MaxVjp(x, cotangent, slopes, out var dSoftness, softness);
        var sum = value * dSoftness;
        for (var i = 0; i < Length; i++) sum += (i + 1) * slopes[i] * x[i];
        return sum;
    }

    /// <summary>The slope of Σ wᵢ (xᵢ &gt; threshold) by the threshold.</summary>
    [Differentiable]
    public static double ThresholdSlope(ReadOnlySpan<double> x, ReadOnlySpan<double> w, double threshold, double softness)
    {
        Span<double> slopes = stackalloc double[Length];
        Soft.GreaterVjp(x, threshold, default, w, slopes, out var slope, out _, softness);
        return slope;
    }

    /// <summary>In single precision.</summary>
    [Differentiable]
    public static float SingleSlope(float x, float y, float softness)
    {
        var value = Soft.GreaterVjp(x, y, 1, out var dX, out float dY, out _, softness);
        return (value * dX) - dY;
    }

    /// <summary>The gradient of Σ (sort(x)ᵢⱼ - targetᵢⱼ)², sorted along each column, and its value.</summary>
    [Differentiable(Wrt = ["x"])]
    public static double SortedColumns(
        ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> target, double softness, SortMethod method, TensorSpan<double> gradient)
    {
        int rows = (int)x.Lengths[0], columns = (int)x.Lengths[1];
        Span<double> y = stackalloc double[rows * columns], c = stackalloc double[rows * columns];
        var sorted = new TensorSpan<double>(y, [rows, columns]);
        var cotangent = new TensorSpan<double>(c, [rows, columns]);
        Soft.Sort(x, sorted, axis: 0, softness: softness, method: method);
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var difference = sorted[i, j] - target[i, j];
                sum += difference * difference;
                cotangent[i, j] = 2 * difference;
            }
        }

        Soft.SortVjp(x, default, cotangent, gradient, out _, axis: 0, softness: softness, method: method);
        return sum;
    }

    /// <summary>Value and slope of the step, row by row against one threshold for each, in single precision.</summary>
    [Differentiable]
    public static float Crossings(ReadOnlyTensorSpan<float> x, ReadOnlyTensorSpan<float> threshold, float softness)
    {
        int rows = (int)x.Lengths[0], columns = (int)x.Lengths[1];
        Span<float> ones = stackalloc float[rows * columns], memory = stackalloc float[rows * columns];
        Span<float> slopes = stackalloc float[rows * columns], against = stackalloc float[rows];
        ones.Fill(1);
        var above = new TensorSpan<float>(memory, [rows, columns]);
        var cotangent = new TensorSpan<float>(ones, [rows, columns]);
        var dX = new TensorSpan<float>(slopes, [rows, columns]);
        var dThreshold = new TensorSpan<float>(against, [rows, 1]);
        Soft.GreaterVjp(x, threshold, above, cotangent, dX, dThreshold, out _, softness);
        var sum = 0f;
        for (var i = 0; i < rows; i++)
        {
            sum += dThreshold[i, 0] * dThreshold[i, 0];
            for (var j = 0; j < columns; j++) sum += above[i, j] * dX[i, j];
        }

        return sum;
    }

    /// <summary>A straight-through value and its slope.</summary>
    [Differentiable]
    public static double RoundedSlope(double x, double softness)
    {
        var value = Soft.RoundStVjp(x, 1, out var slope, out _, softness);
        return value * slope;
    }

    /// <summary>The gradient of samples by given weights.</summary>
    [Differentiable(Wrt = ["logits"])]
    public static void SampleGradient(
        SoftRandom random, ReadOnlyTensorSpan<double> logits, ReadOnlyTensorSpan<double> weights, TensorSpan<double> gradient) =>
        Soft.Random.CategoricalVjp(random, logits, default, weights, gradient, out _, softness: 0.5);
}
