using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class References
{
    //? `ref` locals that refer to elements
    //? x = [0.7, 0.2]
    [Differentiable]
    public static double RefLocal(ReadOnlySpan<double> x)
    {
        Span<double> a = x.ToArray();
        ref double e = ref a[1];
        e *= a[0];
        a[1] += 1;
        e = e * e;
        return a[1] + a[0];
    }

    //? `foreach` by reference
    //? x = [0.7, 0.4, 1.2], k = 1.5
    [Differentiable]
    public static double ForeachRef(ReadOnlySpan<double> x, double k)
    {
        Span<double> a = x.ToArray();
        foreach (ref double v in a) v *= k + v;
        double s = 0;
        foreach (ref readonly double v in a)
        {
            a[0] += 1;
            s += v * v;
        }

        return s;
    }

    //? elements swapped by reference, `Swap(ref a[i], ref a[j])`
    //? x = [0.7, 0.4, 1.2], i = 0, j = 2
    //? x = [0.7, 0.4, 1.2], i = 1, j = 1
    [Differentiable]
    public static double SwapElements(ReadOnlySpan<double> x, int i, int j)
    {
        double[] a = x.ToArray();
        Swap(ref a[i], ref a[j]);
        return a[0] + 2 * a[1] * a[1] + 3 * a[2] * a[0];
    }

    //? one element passed twice by reference
    //? x = [0.7, 0.4], i = 0, j = 0
    //? x = [0.7, 0.4], i = 0, j = 1
    [Differentiable]
    public static double SameElement(ReadOnlySpan<double> x, int i, int j)
    {
        double[] a = x.ToArray();
        Both(ref a[i], ref a[j]);
        return a[0] * 3 + a[1];
    }

    //? an element passed by reference beside its array
    //? x = [0.7, 0.4]
    [Differentiable]
    public static double ElementAndArray(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        Mixed(ref a[0], a);
        Accumulate(a, ref a[1], 2);
        return a[0] * 3 + a[1];
    }

    //? `in` and `ref readonly` arguments
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double InArguments(double x, double y)
    {
        double t = x * y;
        double r = ByIn(in t, x, in y);
        t = 3;
        return r * t + x;
    }

    //? one array passed as several spans
    //? x = [0.5, 1.5, -0.3, 0.8]
    [Differentiable]
    public static double SameArray(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        Convolve(b, b, b);
        Convolve(b.AsSpan(0, 3), b.AsSpan(1, 3), b);
        return b[0] + b[1] * b[2] - b[3] * b[3];
    }

    private static void Swap(ref double p, ref double q)
    {
        double t = p;
        p = q;
        q = t;
    }

    private static void Both(ref double p, ref double q)
    {
        p = p * 2;
        q = q * p + 1;
        p += q;
    }

    private static void Mixed(ref double v, Span<double> a)
    {
        v = v * v;
        a[1] += a[0];
        a[0] *= 2;
        v += 1;
    }

    private static void Accumulate(Span<double> a, ref double sum, int n)
    {
        if (n == 0) return;
        sum += 0.1 * a[1] * a[0];
        a[0] *= sum;
        Accumulate(a, ref sum, n - 1);
        sum *= a[1];
    }

    private static double ByIn(in double a, in double b, ref readonly double c) => a * b + c * c;

    private static void Convolve(Span<double> y, ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double s = 0;
            for (int j = 0; j <= i; j++) s += p[j] * q[i - j];
            y[i] = s;
        }
    }
}
