using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class State
{
    //? a bound that moves with the span it is of
    //? x = [0.5, -1, 0.3, 2, 1]
    [Differentiable]
    public static double MovingBound(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            s += x[i] * x[^1];
            x = x[..^1];
        }

        return s;
    }

    //? recursion with a tuple as result and a `ref` beside it
    //? x = [0.5, -1, 0.3, 2, 1]
    [Differentiable]
    public static double Divide(ReadOnlySpan<double> x)
    {
        double work = 1;
        var (sum, max) = Rec(x, ref work);
        return sum * max + work;
    }

    //? two sorted spans merged into a third, all consumed
    //? a = [0.1, 0.5, 0.9], b = [0.2, 0.3, 1.5]
    [Differentiable]
    public static double Merge(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<double> o = stackalloc double[a.Length + b.Length];
        Span<double> rest = o;
        while (!a.IsEmpty || !b.IsEmpty)
        {
            if (b.IsEmpty || (!a.IsEmpty && a[0] <= b[0]))
            {
                rest[0] = a[0];
                a = a[1..];
            }
            else
            {
                rest[0] = b[0] * b[0];
                b = b[1..];
            }

            rest = rest[1..];
        }

        double s = 0;
        for (int i = 0; i < o.Length; i++) s += o[i] * o[i] * (i + 1);
        return s;
    }

    //? merge sort with scratch
    //? x = [0.5, -1, 0.3, 2, 1]
    [Differentiable]
    public static double MergeSort(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray(), t = new double[x.Length];
        Sort(a, t);
        double s = 0;
        for (int i = 0; i < a.Length; i++) s = s * 0.5 + a[i] * a[i] * (i + 1);
        return s;
    }

    //? a parameter's buffer and a local one that change places
    //? g = [0.5, -1, 0.3, 2, 1, 0.7], w = 3, steps = 2, d = 0.1
    [Differentiable]
    public static void Diffuse(Span<double> g, int w, int steps, double d)
    {
        int h = g.Length / w;
        Span<double> src = g, dst = new double[g.Length];
        for (int s = 0; s < steps; s++)
        {
            for (int y = 0; y < h; y++)
                for (int x = 0; x < w; x++)
                {
                    double c = src[y * w + x];
                    double l = src[y * w + Math.Max(x - 1, 0)], r = src[y * w + Math.Min(x + 1, w - 1)];
                    double u = y > 0 ? src[(y - 1) * w + x] : c, b = y < h - 1 ? src[(y + 1) * w + x] : c;
                    dst[y * w + x] = c + d * (l + r + u + b - 4 * c) - 0.01 * c * c;
                }

            Span<double> t = src;
            src = dst;
            dst = t;
        }

        if (steps % 2 == 1) src.CopyTo(g);
    }

    //? a walk over a tree with a stack in arrays
    //? x = [0.5, -1, 0.3, 2, 1, 0.7, 0.2]
    [Differentiable]
    public static double Dfs(ReadOnlySpan<double> x)
    {
        Span<int> stack = stackalloc int[16];
        Span<double> val = stackalloc double[16];
        int top = 0;
        stack[top] = 0;
        val[top++] = 1;
        double s = 0;
        while (top > 0)
        {
            int n = stack[--top];
            double v = val[top] * x[n];
            if (2 * n + 2 < x.Length)
            {
                stack[top] = 2 * n + 1;
                val[top++] = v + 0.5;
                stack[top] = 2 * n + 2;
                val[top++] = v * v;
            }
            else s += v;
        }

        return s;
    }

    //? a ring buffer
    //? x = [0.5, -1, 0.3, 2, 1, 0.7, 0.2], fb = 0.4
    [Differentiable]
    public static double Delay(ReadOnlySpan<double> x, double fb)
    {
        const int D = 3;
        double[] ring = new double[D];
        int head = 0;
        double e = 0;
        foreach (double v in x)
        {
            double y = v + fb * ring[head];
            ring[head] = y;
            head = (head + 1) % D;
            e = 0.9 * e + y * y;
        }

        return e + ring[head];
    }

    //? blocks of a span, worked on in place
    //? x = [0.5, -1, 0.3, 0.8], b = 2
    [Differentiable]
    public static double Blocks(ReadOnlySpan<double> x, int b)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < x.Length; i += b)
        {
            var src = x.Slice(i, Math.Min(b, x.Length - i));
            var dst = y.AsSpan(i, src.Length);
            src.CopyTo(dst);
            for (int j = 1; j < dst.Length; j++) dst[j] += dst[j - 1] * dst[j];
            if (i > 0) dst[0] *= y[i - 1];
        }

        double s = 0;
        foreach (var v in y) s += v * v;
        return s;
    }

    //? loops whose trips depend on differentiated values
    //? x = [0.5, 1.5, 0.3, 0.8]
    [Differentiable]
    public static double Thresholds(ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int i = 0; i < x.Length; i++)
        {
            double t = x[i];
            int n = 0;
            while (t < 3)
            {
                t = t * 1.7 + 0.1 * s;
                n++;
                if (n > 4) break;
            }

            for (int k = 0; k < n; k++) s = k % 2 == 0 ? s + t * 0.1 : s * 0.95 + x[k % x.Length];
        }

        return s;
    }

    //? three names for two arrays
    //? x = [0.5, 1.5, 0.2], b = true
    //? x = [0.5, 1.5, 0.2], b = false
    [Differentiable]
    public static double ThreeNames(ReadOnlySpan<double> x, bool b)
    {
        double[] p = x.ToArray(), q = x.ToArray();
        double[] r = b ? p : q;
        double before = p[0] * r[0];
        r[0] = x[1] * x[2];
        p[1] = r[0] * q[0];
        r[1] += p[1];
        (p, r) = (r, p);
        p[2] *= r[1];
        return before + p[0] * q[1] + r[2] * q[2];
    }

    private static (double Sum, double Max) Rec(ReadOnlySpan<double> x, ref double work)
    {
        if (x.Length == 1)
        {
            work += 0.1 * x[0];
            return (x[0], x[0]);
        }

        int h = x.Length / 2;
        var l = Rec(x[..h], ref work);
        var r = Rec(x[h..], ref work);
        work *= 1.01;
        return (l.Sum + r.Sum * 0.5, Math.Max(l.Max, r.Max));
    }

    private static void Sort(Span<double> a, Span<double> t)
    {
        if (a.Length < 2) return;
        int h = a.Length / 2;
        Sort(a[..h], t[..h]);
        Sort(a[h..], t[h..]);
        int i = 0, j = h, k = 0;
        while (i < h && j < a.Length) t[k++] = a[i] <= a[j] ? a[i++] : a[j++];
        while (i < h) t[k++] = a[i++];
        while (j < a.Length) t[k++] = a[j++];
        t.CopyTo(a);
    }
}
