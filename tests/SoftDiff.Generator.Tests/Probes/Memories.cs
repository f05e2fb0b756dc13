using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Memories
{
    //? `ReadOnlyMemory` parameters, `Span`, `Length`
    //? x = [0.5, -1.5, 2]
    //? x = []
    [Differentiable]
    public static double Read(ReadOnlyMemory<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++) s += x.Span[i] * x.Span[i] * s;
        return s;
    }

    //? `Memory` parameters, which are written
    //? y = [0.5, -1.5, 2], f = 1.5
    [Differentiable]
    public static void Written(Memory<double> y, double f)
    {
        var span = y.Span;
        for (int i = 0; i < span.Length; i++) span[i] *= f * span[i];
    }

    //? `Slice`, ranges, `ToArray`, `IsEmpty` and `CopyTo` of memories
    //? x = [0.5, -1.5, 2, 1], y = [1, 2]
    [Differentiable]
    public static double Sliced(ReadOnlyMemory<double> x, Memory<double> y)
    {
        if (x.IsEmpty) return 0;
        ReadOnlyMemory<double> tail = x[1..];
        double[] copy = tail.ToArray();
        copy[0] *= y.Span[1];
        x.Slice(2, 2).CopyTo(y);
        return copy[0] * tail.Span[^1] + y.Span[0];
    }

    //? memories passed to helpers, and locals that hold one of two
    //? x = [0.5, -1.5, 2], y = [1, 2, 0.5], first = true
    //? x = [0.5, -1.5, 2], y = [1, 2, 0.5], first = false
    [Differentiable]
    public static double Helpers(ReadOnlyMemory<double> x, ReadOnlyMemory<double> y, bool first)
    {
        var one = first ? x : y;
        return Dot(x, y.Span) * Sum(one[1..]);
    }

    private static double Dot(ReadOnlyMemory<double> x, ReadOnlySpan<double> y)
    {
        double s = 0;
        for (int i = 0; i < y.Length; i++) s += x.Span[i] * y[i];
        return s;
    }

    private static double Sum(ReadOnlyMemory<double> x)
    {
        double s = 0;
        foreach (double v in x.Span) s += v * v;
        return s;
    }

    //? a memory of ints, and one marked `[NonDifferentiable]`
    //? x = [0.5, -1.5, 2], order = [2, 0, 1], w = [1, 2, 3]
    [Differentiable]
    public static double Constant(ReadOnlyMemory<float> x, ReadOnlyMemory<int> order, [NonDifferentiable] ReadOnlyMemory<float> w)
    {
        float s = 0;
        for (int i = 0; i < order.Length; i++) s += x.Span[order.Span[i]] * x.Span[i] * w.Span[i];
        return s;
    }
}
