using System.Numerics.Tensors;

namespace SoftDiff.Tests;

/// <summary>Differentiated methods that call the framework's functions of spans.</summary>
public static partial class WithTensorPrimitives
{
    [Differentiable]
    public static double Reductions(ReadOnlySpan<double> x)
    {
        var y = x[1..];
        return (TensorPrimitives.Dot(x[..^1], y) * TensorPrimitives.Sum(x)) + TensorPrimitives.SumOfSquares(y) + TensorPrimitives.Norm(x)
            - TensorPrimitives.Distance(x[..^1], y);
    }

    [Differentiable]
    public static double OfTwo(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[4], b = stackalloc double[4], c = stackalloc double[4];
        TensorPrimitives.Multiply(x, x, a);
        TensorPrimitives.Add(a, x, b);
        TensorPrimitives.Subtract(b, a, c);
        TensorPrimitives.Divide(b, c, c);
        return TensorPrimitives.Dot<double>(b, c);
    }

    [Differentiable]
    public static double OfOneAndANumber(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[4];
        TensorPrimitives.Multiply(x, x[0], a);
        TensorPrimitives.Add(a, x[1] * x[2], a);
        TensorPrimitives.Divide(a, x[3], a);
        TensorPrimitives.Subtract(a, x[2], a);
        return TensorPrimitives.SumOfSquares<double>(a);
    }

    [Differentiable]
    public static double OfOne(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[4], b = stackalloc double[4];
        TensorPrimitives.Tanh(x, a);
        TensorPrimitives.Exp(a, b);
        TensorPrimitives.Log(b, b);
        TensorPrimitives.Sqrt(b, b);
        TensorPrimitives.Negate(b, a);
        return TensorPrimitives.Dot(a, x);
    }

    /// <summary>In place over the second input too.</summary>
    [Differentiable]
    public static double InPlace(ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[4];
        x.CopyTo(a);
        TensorPrimitives.Multiply(x, a, a);
        TensorPrimitives.Divide(x, a, a);
        TensorPrimitives.Exp(a, a);
        return TensorPrimitives.Sum<double>(a);
    }

    [Differentiable]
    public static float Single(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => TensorPrimitives.Dot(x, y) + TensorPrimitives.Norm(x);
}

public sealed class TensorPrimitivesTests
{
    private static readonly double[] X = [0.4, 1.3, 0.7, 2.1];

    public static TheoryData<string> Functions => [.. new[] { "Reductions", "OfTwo", "OfOneAndANumber", "OfOne", "InPlace" }];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Both_modes_agree_with_differences(string function)
    {
        var (value, gradient, tangent) = function switch
        {
            "Reductions" => ((SpanFunction)WithTensorPrimitives.Reductions, (SpanGradient)WithTensorPrimitives.ReductionsGrad, (SpanTangent)WithTensorPrimitives.ReductionsJvp),
            "OfTwo" => (WithTensorPrimitives.OfTwo, WithTensorPrimitives.OfTwoGrad, WithTensorPrimitives.OfTwoJvp),
            "OfOneAndANumber" => (WithTensorPrimitives.OfOneAndANumber, WithTensorPrimitives.OfOneAndANumberGrad, WithTensorPrimitives.OfOneAndANumberJvp),
            "OfOne" => (WithTensorPrimitives.OfOne, WithTensorPrimitives.OfOneGrad, WithTensorPrimitives.OfOneJvp),
            _ => (WithTensorPrimitives.InPlace, WithTensorPrimitives.InPlaceGrad, WithTensorPrimitives.InPlaceJvp),
        };
        GradientCheck.Verify(value, gradient, tangent, X, tolerance: 1e-7);
    }

    [Fact]
    public void Floats_have_rules_too()
    {
        var (dX, dY) = (new float[2], new float[2]);
        Assert.Equal(16, WithTensorPrimitives.SingleGrad([3, 4], [1, 2], dX, dY));
        Assert.Equal([1.6f, 2.8f], dX);
        Assert.Equal([3, 4], dY);
    }

    [Fact]
    public void The_norm_and_the_distance_have_slope_0_at_their_kink()
    {
        var dX = new double[2];
        TensorPrimitivesRules.NormBackward([0, 0], 1, dX);
        TensorPrimitivesRules.DistanceBackward([1, 2], [1, 2], 1, dX, dX);
        Assert.Equal([0, 0], dX);
    }
}
