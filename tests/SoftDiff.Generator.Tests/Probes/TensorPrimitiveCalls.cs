using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class TensorPrimitiveCalls
{
    //? functions of `TensorPrimitives` without a written rule, in place
    //? x = [0.5, 1.5, 0.8]
    [Differentiable]
    public static double InPlace(ReadOnlySpan<double> x)
    {
        Span<double> a = x.ToArray();
        TensorPrimitives.Sinh(a, a);
        TensorPrimitives.Cbrt(a, a);
        TensorPrimitives.Pow(a, a, a);
        return TensorPrimitives.Product<double>(a);
    }

    //? functions of `TensorPrimitives` that write the start of a longer span
    //? x = [0.5, 1.5], y = [2, 3, 5, 7]
    [Differentiable]
    public static double LongerDestination(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Span<double> a = y.ToArray();
        TensorPrimitives.Add(x, x, a);
        TensorPrimitives.Hypot(x, y[..2], a[1..]);
        return TensorPrimitives.StdDev<double>(a) * a[3];
    }

    //? functions of `TensorPrimitives` of a number and a span
    //? x = [0.5, 1.5, 0.8], k = 1.2
    [Differentiable]
    public static double NumberFirst(double k, ReadOnlySpan<double> x)
    {
        Span<double> a = stackalloc double[3];
        TensorPrimitives.Divide(k, x, a);
        TensorPrimitives.Subtract(k, a, a);
        TensorPrimitives.Atan2(k * k, a, a);
        return TensorPrimitives.SumOfMagnitudes<double>(a);
    }

    //? functions of `TensorPrimitives` with two destinations
    //? x = [0.5, 1.5, 0.8]
    [Differentiable]
    public static double SineAndCosine(ReadOnlySpan<double> x)
    {
        Span<double> sin = stackalloc double[3], cos = stackalloc double[3];
        TensorPrimitives.SinCos(x, sin, cos);
        return TensorPrimitives.CosineSimilarity<double>(sin, cos);
    }

    //? functions of `TensorPrimitives` with three operands, numbers and spans
    //? x = [0.5, 1.5, 0.8], y = [0.3, 0.2, 0.9], w = 0.25
    [Differentiable]
    public static double ThreeOperands(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double w)
    {
        Span<double> a = stackalloc double[3];
        TensorPrimitives.Lerp(x, y, w, a);
        TensorPrimitives.FusedMultiplyAdd(a, w, y, a);
        TensorPrimitives.Clamp(a, 0.1, 0.9, a);
        TensorPrimitives.AddMultiply(a, y, a, a);
        return TensorPrimitives.Sum<double>(a);
    }

    //? `TensorPrimitives.SoftMax` of each row of a matrix, then `IndexOfMax`
    //? x = [0.5, 1.5, 0.8, 2, -1, 0.3]
    [Differentiable]
    public static double Softmax(ReadOnlySpan<double> x)
    {
        double s = 0;
        Span<double> p = stackalloc double[3];
        for (int row = 0; row < 2; row++)
        {
            ReadOnlySpan<double> logits = x.Slice(row * 3, 3);
            TensorPrimitives.SoftMax(logits, p);
            s += Math.Log(p[TensorPrimitives.IndexOfMax(logits)]);
        }

        return s;
    }

    //? `TensorPrimitives.Max` and `Min` of a span, and of two
    //? x = [0.5, 1.5, 0.8], y = [0.3, 1.7, 0.9]
    //? x = [2, 1, 2], y = [0, 0, 0] -> dX = [0.5, 0, 0.5]
    [Differentiable]
    public static double Extrema(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Span<double> a = stackalloc double[3];
        TensorPrimitives.Min(x, y, a);
        return TensorPrimitives.Max(x) + (TensorPrimitives.Max<double>(a) * TensorPrimitives.Min(y));
    }

    //? `TensorPrimitives.ConvertTruncating` from `float` to `double`
    //? x = [0.5, 1.5, 0.75]
    [Differentiable]
    public static double Converted(ReadOnlySpan<float> x)
    {
        Span<double> a = new double[x.Length];
        TensorPrimitives.ConvertTruncating(x, a);
        TensorPrimitives.Tan(a, a);
        return TensorPrimitives.StdDev<double>(a);
    }

    //? functions of `TensorPrimitives` that give integers and bools
    //? x = [0.5, -1.5, 0.8]
    [Differentiable]
    public static double Constants(ReadOnlySpan<double> x)
    {
        Span<int> signs = stackalloc int[3];
        TensorPrimitives.Sign(x, signs);
        Span<double> floors = stackalloc double[3];
        TensorPrimitives.Floor(x, floors);
        double s = TensorPrimitives.IsFiniteAll(x) ? TensorPrimitives.Dot(x, floors) : 0;
        for (int i = 0; i < 3; i++) s += signs[i] * x[i] * x[i];
        return s;
    }

    //? functions of `TensorPrimitives` in a generic method
    //? x = [0.5, 1.5, 0.8], T = double
    //? x = [0.5f, 1.5f, 0.8f], T = float
    [Differentiable]
    public static T Generic<T>(ReadOnlySpan<T> x)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        Span<T> a = new T[x.Length];
        TensorPrimitives.Atan(x, a);
        TensorPrimitives.ReciprocalSqrt(a, a);
        return TensorPrimitives.Average<T>(a);
    }

    //? functions of `TensorPrimitives` in a loop that keeps its state in a buffer
    //? x = [0.5, 1.5, 0.8], n = 3
    [Differentiable]
    public static double Iterated(ReadOnlySpan<double> x, int n)
    {
        Span<double> state = x.ToArray();
        for (int t = 0; t < n; t++)
        {
            TensorPrimitives.Sin(state, state);
            TensorPrimitives.MultiplyAdd(state, 0.5, x, state);
        }

        return TensorPrimitives.Norm<double>(state);
    }
}
