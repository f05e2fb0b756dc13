using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Spans
{
    //? span parameters
    //? x = [0.5, -1.5, 2], y = [1, 2, 0.5]
    //? x = [], y = []
    [Differentiable]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * y[i];
        return s;
    }

    //? spans of `float`
    //? x = [0.5, -1.5, 2], y = 0.75
    [Differentiable]
    public static float FloatSpan(ReadOnlySpan<float> x, float y)
    {
        float s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * x[i] * y;
        return s / x.Length;
    }

    //? `stackalloc`
    //? x = 0.8
    [Differentiable]
    public static double StackAlloc(double x)
    {
        Span<double> t = stackalloc double[4];
        for (int i = 0; i < t.Length; i++) t[i] = x * (i + 1);
        double s = 1;
        for (int i = 0; i < t.Length; i++) s *= t[i] + 0.5;
        return s;
    }

    //? `stackalloc` with an initialiser
    //? x = 0.8, y = 0.3
    [Differentiable]
    public static double StackAllocInitialiser(double x, double y)
    {
        Span<double> t = stackalloc[] { x, y, x * y };
        t[0] *= t[1];
        return t[0] * t[2];
    }

    //? `Slice(start, length)` and `Slice(start)`
    //? x = [0.5, -1.5, 2, 0.1, 3]
    [Differentiable]
    public static double Slice(ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> head = x.Slice(0, 2);
        ReadOnlySpan<double> tail = x.Slice(2);
        double s = 0;
        for (int i = 0; i < head.Length; i++) s += head[i] * tail[i] * tail[tail.Length - 1];
        return s;
    }

    //? ranges, `s[1..]`, `s[..^1]`, `s[1..3]`
    //? x = [0.5, -1.5, 2, 0.1]
    [Differentiable]
    public static double Ranges(ReadOnlySpan<double> x)
    {
        var a = x[1..];
        var b = x[..^1];
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i] * (i + 1);
        return s + x[1..3][1] * x[^1];
    }

    //? a slice of a slice, written through
    //? x = [0.5, -1.5, 2, 0.1]
    [Differentiable]
    public static double SliceOfSlice(ReadOnlySpan<double> x)
    {
        Span<double> t = new double[x.Length];
        x.CopyTo(t);
        Span<double> inner = t[1..].Slice(1);
        inner[0] = inner[0] * t[0];
        t[3] *= inner[0];
        return inner[1] * t[2];
    }

    //? overlapping views of one buffer
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double OverlappingViews(ReadOnlySpan<double> x)
    {
        double[] t = x.ToArray();
        Span<double> a = t.AsSpan(0, 2);
        Span<double> b = t.AsSpan(1, 2);
        a[1] = a[0] * b[1];
        b[0] += a[1] * a[1];
        return t[1] * b[0] + a[0];
    }

    //? `AsSpan`
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double AsSpan(double[] x)
    {
        Span<double> s = new double[3].AsSpan();
        x.AsSpan().CopyTo(s);
        s[0] *= s[2];
        return s[0] * x.AsSpan(1)[0];
    }

    //? `CopyTo` between spans
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double CopyTo(ReadOnlySpan<double> x)
    {
        Span<double> t = stackalloc double[4];
        t[1] = 7 * x[0];
        double before = t[1];
        x.CopyTo(t[1..]);
        t[0] = t[1] * t[3];
        return t[0] * t[2] * before;
    }

    //? `Clear` and `Fill`
    //? x = 0.8
    [Differentiable]
    public static double ClearAndFill(double x)
    {
        Span<double> t = stackalloc double[3];
        t.Fill(x * x);
        double s = t[0] * t[1];
        t.Clear();
        s += t[2];
        t[1..].Fill(s);
        return s + t[2] * x;
    }

    //? `IsEmpty` and lengths in conditions
    //? x = [0.5, -1.5]
    //? x = []
    [Differentiable]
    public static double Lengths(ReadOnlySpan<double> x)
    {
        if (x.IsEmpty) return 1;
        return x.Length > 1 ? x[0] * x[^1] : x[0];
    }

    //? `ToArray`
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double ToArray(ReadOnlySpan<double> x)
    {
        double[] t = x[1..].ToArray();
        t[0] = t[0] * t[1] * x[0];
        return t[0] * x[1];
    }

    //? a matrix times a vector, row by row, with rows that the loops do not reach
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 2, columns = 3
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 1, columns = 2
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 0, columns = 3 -> dW = [0, 0, 0, 0, 0, 0, 0]
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = -2, columns = -3 -> dW = [0, 0, 0, 0, 0, 0, 0]
    [Differentiable]
    public static double MatrixVector(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int rows, int columns)
    {
        double s = x[0];
        for (int i = 0; i < rows; i++)
        {
            double y = 0;
            for (int j = 0; j < columns; j++) y += w[i * columns + j] * x[j];
            s += y * y;
        }

        return s;
    }

    //? a matrix times a vector, with slices for the rows
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 2
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 0
    [Differentiable]
    public static double SlicedRows(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int rows)
    {
        double s = x[0];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = w.Slice(3 * i, 3);
            double y = 0;
            for (int j = 0; j < 3; j++) y += row[j] * x[j];
            s += y * y;
        }

        return s;
    }

    //? rows of a matrix that overlap
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7], x = [1, -2, 0.5], rows = 3
    [Differentiable]
    public static double OverlappingRows(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int rows)
    {
        double s = 0;
        for (int i = 0; i < rows; i++)
        {
            double y = 0;
            for (int j = 0; j < x.Length; j++) y += w[i * 2 + j] * x[j];
            s += y * y;
        }

        return s;
    }

    //? a softmax cross-entropy by hand
    //? logits = [0.5, -1.5, 2, 0.1], target = 1
    [Differentiable]
    public static double CrossEntropy(ReadOnlySpan<double> logits, int target)
    {
        Span<double> p = stackalloc double[logits.Length];
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            p[i] = Math.Exp(logits[i]);
            sum += p[i];
        }

        return -Math.Log(p[target] / sum);
    }

    //? a small neural network
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.2, -0.1], x = [1, -2]
    [Differentiable(Wrt = ["w"])]
    public static double Network(ReadOnlySpan<double> w, ReadOnlySpan<double> x)
    {
        int hidden = 3;
        double y = 0;
        for (int h = 0; h < hidden; h++)
        {
            double a = 0;
            for (int i = 0; i < x.Length; i++) a += w[h * x.Length + i] * x[i];
            y += w[hidden * x.Length + h] * Math.Tanh(a);
        }

        return 0.5 * (y - 1) * (y - 1);
    }

    //? `stackalloc` with values: in parentheses, conditional, of several types
    //? x = 1.3, y = 0.6, n = 1
    //? x = 0.3, y = 0.6, n = 0
    [Differentiable]
    public static double StackWithValues(double x, double y, int n)
    {
        Span<double> a = stackalloc double[] { (x * y), (x < y ? x : y * y), -(y) };
        Span<double> b = stackalloc double[(n + 2)];
        Span<double> c = stackalloc[] { 1, x, n, (y) };
        ReadOnlySpan<double> d = n > 0 ? stackalloc[] { 2, x } : stackalloc[] { y, 3 };
        b[0] = Weighted(stackalloc[] { 1, x * x });
        return a[0] * a[1] + a[2] * b[0] + c[0] * c[1] * c[3] + c[2] + d[0] * d[1];
    }

    //? functions of `TensorPrimitives` on parts of one buffer
    //? x = [0.9, 0.4, 0.2, 0.5], n = 2
    [Differentiable]
    public static double PartAndWhole(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = [.. x];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            s += TensorPrimitives.Dot<double>(a[1..], a[..3]) * (i + 1);
            TensorPrimitives.Multiply(a[..2], a[2..], a[..2]);
            TensorPrimitives.Add(a, s, a);
        }
        return s * a[0];
    }

    private static double Weighted(ReadOnlySpan<double> x) => x[0] + 2 * x[1];
}
