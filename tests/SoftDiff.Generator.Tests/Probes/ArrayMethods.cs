using System;
using System.Linq;
using System.Runtime.InteropServices;
using SoftDiff;

namespace SoftDiff.Probes;

public record struct ArrayPoint(double X, double Y);

public static partial class ArrayMethods
{
    //? `Array.Copy` of a part, `CopyTo` at a place, `Array.Clear` and `Array.Fill` of a range
    //? a = [0.5, -1.5, 2, 0.7]
    [Differentiable]
    public static double Parts(double[] a)
    {
        double[] b = new double[6];
        Array.Copy(a, 1, b, 2, 3);
        a.CopyTo(b, 1);
        Array.Clear(b, 1, 1);
        Array.Fill(b, a[0] * a[1], 5, 1);
        Array.Copy(b, 0, b, 1, 4);
        return b[3] * b[4] * b[5] + b[1];
    }

    //? `Buffer.BlockCopy` of arrays
    //? a = [0.5, -1.5, 2]
    [Differentiable]
    public static double Bytes(double[] a)
    {
        double[] b = new double[4];
        Buffer.BlockCopy(a, sizeof(double), b, 2 * sizeof(double), 2 * sizeof(double));
        Buffer.BlockCopy(a, 0, b, 0, (a.Length - 2) * sizeof(double));
        return b[0] * b[2] * b[3];
    }

    //? `Array.Reverse`, `Reverse` of a span, of all elements and of some
    //? x = [0.5, -1.5, 2, 0.3, 0.9]
    [Differentiable]
    public static double Reversed(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        Array.Reverse(b, 0, 4);
        double s = b[0] * b[0] * b[1];
        b.AsSpan(1).Reverse();
        return s + b[1] * b[1] * b[2] + b[4];
    }

    //? `Array.Sort`, `Sort` of a span
    //? x = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static double Sorted(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        Array.Sort(b);
        Span<double> c = [x[0] * x[1], x[2], x[3] * x[3]];
        c.Sort();
        return b[0] * b[0] * b[1] + b[2] / b[3] + c[0] * c[2];
    }

    //? `Array.Sort` of keys with items
    //? x = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static double SortedByKeys(ReadOnlySpan<double> x)
    {
        double[] keys = x.ToArray();
        double[] items = [x[3], x[2] * x[2], x[1], x[0] * x[3]];
        Array.Sort(keys, items);
        return items[0] * keys[1] + items[1] * items[2] * keys[3] + items[3];
    }

    //? a buffer sorted in place
    //? x = [0.5, -1.5, 2, 0.3]
    //? writes: x
    [Differentiable]
    public static void SortedInPlace(double[] x)
    {
        Array.Sort(x, 1, 3);
        x[0] *= x[1];
    }

    //? the mean of the worst values of a sorted sample
    //? x = [0.5, -1.5, 2, 0.3, 0.9, -0.4], scale = 1.3
    [Differentiable]
    public static double ExpectedShortfall(ReadOnlySpan<double> x, double scale)
    {
        double[] losses = new double[x.Length];
        for (int i = 0; i < losses.Length; i++) losses[i] = -scale * x[i] + x[i] * x[i];
        Array.Sort(losses);
        double s = 0;
        foreach (double loss in losses.AsSpan()[^2..]) s += loss;
        return s / 2;
    }

    //? `Array.Resize`
    //? a = [0.5, -1.5]
    [Differentiable]
    public static double Resized(double[] a)
    {
        double[] b = (double[])a.Clone();
        Array.Resize(ref b, 4);
        b[3] = b[0] * b[1] + b[2];
        Array.Resize(ref b, b.Length - 3);
        return b[0] * b.Length + b[0] * b[0];
    }

    //? `IndexOf`, `Contains`, `SequenceEqual`, `Count` and `BinarySearch` of arrays and spans
    //? knots = [0.5, 1.5, 2], a = [0.3, -1.2, 0.8], t = 1.3
    [Differentiable]
    public static double Found([NonDifferentiable] double[] knots, double[] a, double t)
    {
        ReadOnlySpan<double> s = knots;
        double sum = s.Contains(0.5) ? a[0] * t : 0;
        sum += a[s.IndexOf(2.0)] * a[Array.IndexOf(knots, 1.5)] * s.Count(2.0);
        sum *= a[Array.IndexOf(a, a[1])];
        return s.SequenceEqual(s[1..]) ? 0 : sum * a[Array.BinarySearch(knots, 2.0)];
    }

    //? `GetLength`, `GetLowerBound` and `GetUpperBound` of an array
    //? a = [0.5, -1.5, 2]
    [Differentiable]
    public static double Bounds(double[] a)
    {
        double s = 0;
        for (int i = a.GetLowerBound(0); i <= a.GetUpperBound(0); i++) s += a[i] * a[i];
        return s / a.GetLength(0);
    }

    //? `AsMemory`, `Slice` of a memory
    //? a = [0.5, -1.5, 2]
    [Differentiable]
    public static double Memories(double[] a)
    {
        Memory<double> m = a.AsSpan().ToArray().AsMemory();
        m.Span[2] *= a[0];
        return m[1..].Span[0] * m.Slice(2).Span[0];
    }

    //? `MemoryMarshal.CreateSpan` over the elements of a matrix
    //? a = [[0.5, -1.5], [2, 0.3]]
    [Differentiable]
    public static double Flat(double[,] a)
    {
        ReadOnlySpan<double> all = MemoryMarshal.CreateReadOnlySpan(ref a[0, 0], a.Length);
        double[,] b = new double[2, 2];
        all.CopyTo(MemoryMarshal.CreateSpan(ref b[0, 0], b.Length));
        return b[0, 1] * b[1, 0] * all[3];
    }

    //? `Buffer.BlockCopy` and `Array.Copy` of matrices
    //? a = [[0.5, -1.5], [2, 0.3]]
    [Differentiable]
    public static double CopiedMatrix(double[,] a)
    {
        double[,] b = new double[2, 2], c = new double[2, 2];
        Buffer.BlockCopy(a, 0, b, 0, a.Length * sizeof(double));
        Array.Copy(b, 1, c, 2, 2);
        return b[0, 0] * c[1, 0] * c[1, 1];
    }

    //? `MemoryMarshal.Cast` of numbers to structs and back
    //? x = [0.5, -1.5, 2, 0.3, 0.9]
    [Differentiable]
    public static double Recast(ReadOnlySpan<double> x)
    {
        ReadOnlySpan<ArrayPoint> points = MemoryMarshal.Cast<double, ArrayPoint>(x);
        double s = points.Length;
        foreach (ArrayPoint p in points) s *= p.X + p.Y * p.Y;
        Span<ArrayPoint> copy = points.ToArray();
        Span<double> numbers = MemoryMarshal.Cast<ArrayPoint, double>(copy);
        numbers[3] *= numbers[0];
        return s + copy[1].Y;
    }

    //? `Array.Copy`, `Array.Fill`, `Fill`, `CopyTo`, `Reverse` and `ToArray` of structs
    //? ps = [new(0.5, -1.5), new(2, 0.3), new(0.7, 0.9)]
    [Differentiable]
    public static double Structs(ReadOnlySpan<ArrayPoint> ps)
    {
        ArrayPoint[] a = ps.ToArray(), b = new ArrayPoint[5];
        Array.Reverse(a);
        Array.Copy(a, 0, b, 1, 3);
        Array.Fill(b, new ArrayPoint(ps[0].X, ps[1].X * 2), 0, 1);
        b.AsSpan(4).Fill(ps[2]);
        a[..1].CopyTo(b, 2);
        ArrayPoint[] c = b.ToArray();
        Array.Clear(b);
        return c[0].Y * c[1].X + c[2].X * c[3].Y * c[4].X + b[0].X;
    }

    //? structs on the stack, and spread into a new array
    //? ps = [new(0.5, -1.5), new(2, 0.3)]
    [Differentiable]
    public static double SpreadStructs(ArrayPoint[] ps)
    {
        Span<ArrayPoint> s = stackalloc ArrayPoint[2];
        s[0] = ps[1];
        s[1] = new ArrayPoint(ps[0].X * ps[0].Y, 1);
        ArrayPoint[] all = [.. ps, new ArrayPoint(1, ps[0].X), .. s];
        return all[0].X * all[2].Y + all[3].X * all[^1].X + all.Length;
    }

    //? `Array.Resize` of structs
    //? ps = [new(0.5, -1.5), new(2, 0.3)]
    [Differentiable]
    public static double ResizedStructs(ArrayPoint[] ps)
    {
        ArrayPoint[] b = ps.AsSpan().ToArray();
        Array.Resize(ref b, 3);
        b[2] = b[0] with { X = b[1].Y };
        return b[2].X * b[2].Y;
    }
}
