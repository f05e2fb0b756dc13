using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ArrayVariables
{
    private static readonly double[] First = [1, 2, 3];
    private static readonly double[] Second = [4, 5];

    //? two buffers that change places, `var t = a; a = b; b = t;`
    //? x = [0.5, -1, 0.3], layers = 3
    //? x = [0.5, -1, 0.3], layers = 0
    [Differentiable]
    public static double PingPong(ReadOnlySpan<double> x, int layers)
    {
        int n = x.Length;
        Span<double> a = stackalloc double[n];
        Span<double> b = stackalloc double[n];
        x.CopyTo(a);
        for (int l = 0; l < layers; l++)
        {
            for (int i = 0; i < n; i++) b[i] = Math.Sin(a[i]) + a[(i + 1) % n] * 0.5;
            var t = a;
            a = b;
            b = t;
        }

        return a[0] * a[1] + a[2];
    }

    //? arrays swapped as a tuple, `(a, b) = (b, a)`
    //? x = [0.5, -1, 0.3], layers = 3
    //? x = [0.5, -1, 0.3], layers = 0
    [Differentiable]
    public static double TupleSwap(ReadOnlySpan<double> x, int layers)
    {
        double[] a = x.ToArray(), b = new double[x.Length];
        for (int l = 0; l < layers; l++)
        {
            for (int i = 0; i < a.Length; i++) b[i] = Math.Sin(a[i]) + a[(i + 1) % a.Length] * 0.5;
            (a, b) = (b, a);
        }

        return a[0] * a[1] + a[^1] + b[0];
    }

    //? three buffers in turn: the wave equation
    //? x = [0.5, -1, 0.3, 0.8], steps = 5, c = 0.4
    [Differentiable]
    public static double Wave(ReadOnlySpan<double> x, int steps, double c)
    {
        int n = x.Length;
        Span<double> before = stackalloc double[n], now = stackalloc double[n], next = stackalloc double[n];
        x.CopyTo(before);
        x.CopyTo(now);
        for (int s = 0; s < steps; s++)
        {
            for (int i = 1; i < n - 1; i++) next[i] = 2 * now[i] - before[i] + c * c * (now[i + 1] - 2 * now[i] + now[i - 1]);
            next[0] = next[n - 1] = 0;
            Span<double> t = before;
            before = now;
            now = next;
            next = t;
        }

        double energy = 0;
        foreach (double v in now) energy += v * v;
        return energy;
    }

    //? buffers that change places under a condition, passed to helpers
    //? x = [0.5, -1, 0.3], w = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    [Differentiable]
    public static double ConditionalSwap(ReadOnlySpan<double> x, ReadOnlySpan<double> w)
    {
        Span<double> a = x.ToArray();
        Span<double> b = new double[x.Length];
        for (int l = 0; l < 4; l++)
        {
            double norm = Layer(w, a, b);
            if (norm > 0.3)
            {
                var t = a;
                a = b;
                b = t;
            }
            else
            {
                b[0] += norm;
            }
        }

        return Layer(w, b, a) + a[0] * b[1];
    }

    //? a span consumed from the front, `x = x[1..]`
    //? x = [0.7, 0.2, 1.5]
    //? x = []
    [Differentiable]
    public static double Consume(ReadOnlySpan<double> x)
    {
        double s = 1;
        while (!x.IsEmpty)
        {
            s = s * x[0] + x.Length;
            x = x[1..];
        }

        return s;
    }

    //? spans that move in the header of a `for`
    //? x = [0.7, 0.2, 1.5], y = [0.1, 0.5, 0.9]
    [Differentiable]
    public static double ConsumeInHeader(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double s = 0;
        for (; x.Length > 0; x = x.Slice(1), y = y[..^1]) s += x[0] * y[^1] + 0.5 * s;
        return s;
    }

    //? weights taken off a packed span one layer after the other
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.2], sizes = [2, 1, 3, 2]
    [Differentiable]
    public static double Packed(ReadOnlySpan<double> w, int[] sizes)
    {
        double s = 1;
        foreach (int n in sizes)
        {
            ReadOnlySpan<double> head = w[..n];
            w = w[n..];
            double p = 0;
            foreach (double v in head) p += v * v;
            s = s * 0.5 + p + w.Length;
        }

        return s;
    }

    //? a search that halves a span
    //? x = [0.1, 0.5, 0.9, 1.4, 2.2], t = 1.2
    [Differentiable]
    public static double Halve(ReadOnlySpan<double> x, double t)
    {
        while (x.Length > 2)
        {
            int m = x.Length / 2;
            if (x[m] <= t) x = x[m..];
            else x = x[..(m + 1)];
        }

        double w = (t - x[0]) / (x[1] - x[0]);
        return x[0] * (1 - w) + x[1] * w * w;
    }

    //? one of several arrays, chosen by `?:` and `switch`, read, sliced and copied
    //? x = [0.1, 0.5, 0.9], y = [1, 2, 3], z = [0.3, 0.2, 0.1], k = 0
    //? x = [0.1, 0.5, 0.9], y = [1, 2, 3], z = [0.3, 0.2, 0.1], k = 1
    //? x = [0.1, 0.5, 0.9], y = [1, 2, 3], z = [0.3, 0.2, 0.1], k = 2
    [Differentiable]
    public static double Chosen(ReadOnlySpan<double> x, Span<double> y, double[] z, int k)
    {
        ReadOnlySpan<double> c;
        switch (k)
        {
            case 0: c = x; break;
            case 1: c = y; break;
            default: c = z.AsSpan(1); break;
        }

        ReadOnlySpan<double> d = k == 1 ? x[1..] : c[1..];
        double[] copy = c.ToArray();
        copy[0] *= 2;
        y[0] += c[^1];
        d.CopyTo(copy);
        double s = 0;
        foreach (double v in c) s += v * v;
        return s + copy[0] * copy[1] + d[0] * Norm(c) * c.Length;
    }

    //? one of several buffers, written
    //? a = [0.1, 0.5], b = [1, 2], k = 0.7
    //? a = [0.1, 0.5], b = [1, 2], k = -0.7
    [Differentiable]
    public static void ChosenOutput(Span<double> a, Span<double> b, double k)
    {
        Span<double> o = k > 0 ? a : b;
        o[0] = k * o[1];
        o[1] += a[0] * b[0];
        o.Slice(1).Fill(o[0] * o[1]);
    }

    //? one of several static arrays
    //? x = 0.4, first = true
    //? x = 0.4, first = false
    [Differentiable]
    public static double Statics(double x, bool first)
    {
        double[] t = first ? First : Second;
        double s = 0;
        foreach (double v in t) s = s * x + v;
        return s * (first ? First : Second)[1];
    }

    //? scratch by size, `n <= 64 ? stackalloc double[n] : new double[n]`
    //? x = [0.1, 0.5, 0.9]
    [Differentiable]
    public static double ScratchBySize(ReadOnlySpan<double> x)
    {
        Span<double> t = (x.Length <= 2 ? stackalloc double[2] : new double[x.Length])[..x.Length];
        Span<double> u = x.Length > 100 ? new double[x.Length] : stackalloc double[100];
        for (int i = 0; i < x.Length; i++)
        {
            t[i] = x[i] * x[i];
            u[i + 1] = t[i] * u[i] + x[i];
        }

        return t[0] * u[x.Length] + u.Length;
    }

    private static double Layer(ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> y)
    {
        double s = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double a = 0;
            for (int j = 0; j < x.Length; j++) a += w[i * x.Length + j] * x[j];
            y[i] = Math.Tanh(a);
            s += y[i] * y[i];
        }

        return s;
    }

    private static double Norm(ReadOnlySpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * x[i] * (i + 1);
        return s;
    }

    //? an array that each branch makes
    //? x = 0.5
    //? x = -0.5
    [Differentiable]
    public static double OneBranch(double x)
    {
        double[] a;
        if (x > 0) a = [x, 1];
        else { a = new double[3]; a[0] = x * x; a[2] = x; }
        return a[0] * a[^1] + a.Length;
    }

    //? a buffer made when it is first used, `buffer ??= new double[4]`
    //? x = [0.5, -1.5, 2, 1]
    [Differentiable]
    public static double Lazy(ReadOnlySpan<double> x)
    {
        double[]? buffer = null;
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            buffer ??= new double[4];
            buffer[i] = x[i] * x[i];
            s += buffer[0] * buffer[i];
        }
        return s;
    }

    //? a buffer made when it is first used, `if (buffer == null)`
    //? x = [0.5, -1.5, 2, 1]
    [Differentiable]
    public static double Lazy2(ReadOnlySpan<double> x)
    {
        double[]? buffer = null;
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            if (buffer == null) buffer = new double[4];
            buffer[i] = x[i] * x[i];
            s += buffer[0] * buffer[i];
        }
        return s;
    }

    //? a state that each iteration replaces by a new array
    //? x = [0.5, -1.5, 2], n = 3
    [Differentiable]
    public static double FreshState(double[] x, int n)
    {
        double[] state = x;
        for (int i = 0; i < n; i++) state = Next(state, 0.1 * i);
        return state[0] * state[1] + state[2];
    }

    private static double[] Next(double[] s, double c)
    {
        var r = new double[s.Length];
        for (int i = 0; i < r.Length; i++) r[i] = s[i] + c * Math.Sin(s[(i + 1) % s.Length]);
        return r;
    }

    //? parts beyond the end of one of two spans
    //? x = [0.5, -1.5, 2, 1], y = [1, 2], f = true
    //? x = [0.5, -1.5, 2, 1], y = [1, 2], f = false -> throws ArgumentOutOfRangeException
    [Differentiable]
    public static double SlicePast(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool f)
    {
        var z = f ? x : y;
        var w = z.Slice(1, 3);
        return w.Length * x[0] + 1;
    }

    //? parts of parts of one of two spans
    //? x = [0.5, -1.5, 2, 1], y = [1, 2], f = false -> throws ArgumentOutOfRangeException
    //? x = [0.5, -1.5, 2, 1], y = [1, 2, 3, 4], f = false
    [Differentiable]
    public static double SlicePast2(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool f)
    {
        var z = f ? x : y;
        z = z[1..4];
        z = z[..1];
        return z[0] * x[0];
    }

    //? an index beyond the part, within the array
    //? x = [0.5, -1.5, 2, 1], y = [1, 2, 3], f = false -> throws IndexOutOfRangeException
    [Differentiable]
    public static double IndexPast(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool f)
    {
        var z = f ? x : y;
        z = z[..1];
        return z[1] * x[0];
    }

    //? a span consumed beyond its end
    //? x = [0.5, -1.5, 2, 1], k = 3 -> throws ArgumentOutOfRangeException
    //? x = [0.5, -1.5, 2, 1], k = 2
    [Differentiable]
    public static double Consumed(ReadOnlySpan<double> x, int k)
    {
        double s = 1;
        for (int i = 0; i < 2; i++) { s *= x[0]; x = x.Slice(k); }
        return s;
    }

    //? several new arrays in each iteration, by helpers: descent with momentum
    //? x = [0.5, -1.5, 2], n = 4
    //? x = [0.5, -1.5, 2], n = 0
    [Differentiable]
    public static double Momentum(double[] x, int n)
    {
        double[] p = x, v = new double[x.Length];
        for (int i = 0; i < n; i++)
        {
            double[] g = Gradient(p);
            v = Axpy(0.9, v, g);
            p = Axpy(1, p, Scale(v, -0.1));
        }
        return p[0] * p[1] + p[2];
    }

    private static double[] Gradient(double[] p)
    {
        var g = new double[p.Length];
        for (int i = 0;
        i < g.Length;
        i++) g[i] = Math.Sin(p[i]) + p[(i + 1) % p.Length];
        return g;
    }

    private static double[] Axpy(double a, double[] x, double[] y)
    {
        var r = new double[x.Length];
        for (int i = 0;
        i < r.Length;
        i++) r[i] = a * x[i] + y[i];
        return r;
    }

    private static double[] Scale(double[] x, double a)
    {
        var r = new double[x.Length];
        for (int i = 0;
        i < r.Length;
        i++) r[i] = a * x[i];
        return r;
    }

    //? a new array, the last and the one before
    //? x = [0.5, -1.5, 2], n = 4
    [Differentiable]
    public static double TwoBack(double[] x, int n)
    {
        double[] prev = x, cur = Gradient(x);
        for (int i = 0; i < n; i++)
        {
            var next = Axpy(0.3, cur, prev);
            prev = cur;
            cur = next;
        }
        return cur[0] * prev[1] + cur[2];
    }

    //? the best of several new arrays, with `break`
    //? x = [0.5, -1.5, 2], n = 5
    [Differentiable]
    public static double Conditional(double[] x, int n)
    {
        var best = x; double bestF = 1e9;
        for (int i = 0; i < n; i++)
        {
            double[] trial = i % 2 == 0 ? Axpy(0.5, best, x) : Scale(best, 0.7);
            double f = 0;
            foreach (var t in trial) f += (t - 0.1) * (t - 0.1);
            if (f < bestF) { best = trial; bestF = f; }
            else if (i == 3) break;
        }
        return bestF * best[0] + best[2];
    }

    //? parts of new arrays, until they are short
    //? x = [0.5, -1.5, 2, 1, 0.7], n = 3
    [Differentiable]
    public static double Shrink(double[] x, int n)
    {
        Span<double> s = x.AsSpan();
        while (s.Length > 2)
        {
            Span<double> t = new double[5];
            for (int i = 0; i + 1 < s.Length; i++) t[i] = s[i] * s[i + 1];
            s = t[..(s.Length - 1)];
        }
        return s[0] + s[1];
    }

    //? arrays of a length that is negative where they are not made
    //? x = 0.4, n = 0
    //? x = 0.4, n = 3
    [Differentiable]
    public static double Negative(double x, int n)
    {
        double[] a = [x];
        if (n > 0) { a = new double[n - 1]; a[0] = x * x; }
        for (int i = 0; i < n; i++) { a = new double[n - 2]; a[0] = x * i; }
        return a[0];
    }

    //? new arrays in nested loops
    //? x = [0.5, -1.5, 2], n = 3
    [Differentiable]
    public static double NestedMade(double[] x, int n)
    {
        double[] u = x;
        for (int i = 0; i < n; i++)
        {
            double[] w = u;
            for (int j = 0; j < i; j++) w = Axpy(0.2 * j, w, Gradient(w));
            u = w;
            if (u[0] > 5) break;
        }
        return u[0] * u[1] + u[2];
    }

    //? `null` or an array, `y ?? x`
    //? writes: x
    //? x = [0.5, -1.5], n = 1
    //? x = [0.5, -1.5], n = 2
    [Differentiable]
    public static double Coalesce(double[] x, int n)
    {
        double[]? y = null;
        if (n > 1) y = Scale(x, 2);
        double[] z = y ?? x;
        if (y is not null) z[0] += 1;
        return z[0] * z[1] * (y == null ? 3 : 5) * x[0];
    }

    //? an array made by `switch`
    //? x = 0.5, k = 0
    //? x = 0.5, k = 1
    //? x = 0.5, k = 2
    [Differentiable]
    public static double SwitchMade(double x, int k)
    {
        double[] a = k switch { 0 => [x], 1 => [x, x * x], _ => Scale([x, 1, x], x) };
        Bump(a);
        return a[0] * a[^1] + a.Length;
    }

    private static void Bump(Span<double> a)
    {
        foreach (ref double v in a) v *= v + 1;
    }

    //? arrays made by loops in branches
    //? x = [0.5, -1.5, 2], k = 0
    //? x = [0.5, -1.5, 2], k = 1
    [Differentiable]
    public static double LoopInBranch(double[] x, int k)
    {
        double[] a;
        if (k == 0) { a = x; for (int i = 0; i < 2; i++) a = Gradient(a); }
        else { a = new double[k + 2]; int j = 0; while (j < a.Length) { a[j] = x[j] * j; j++; } }
        return a[0] + a[1] * a[2];
    }

    //? a condition that replaces an array
    //? x = 0.9
    [Differentiable]
    public static double Whiled(double x)
    {
        double[] s = [x, 1];
        int n = 0;
        while ((s = Half(s))[0] > 0.1 && n++ < 10) { s[1] += s[0]; }
        return s[0] * s[1] + n;
    }

    private static double[] Half(double[] s) => [s[0] * 0.6, s[1] + Math.Sin(s[0])];

    //? new arrays in `do` … `while`, with `continue`
    //? x = [0.9, 0.4]
    [Differentiable]
    public static double DoWhile(double[] x)
    {
        double[] a = x; int i = 0; double s = 0;
        do
        {
            i++;
            if (i == 2) continue;
            a = [a[1] * a[0], a[0] + 0.1 * i];
            s += a[0];
        }
        while (i < 5);
        return s + a[1];
    }

    //? a `foreach` over an array whose variable gets others
    //? x = [0.9, 0.4]
    [Differentiable]
    public static double ForeachReplaced(double[] x)
    {
        double[] a = x; double s = 0;
        foreach (double e in a) { a = [e * a[0], a[1] + e]; s += a[0] * e; }
        return s + a[1];
    }

    //? a `ref` to an element of an array whose variable gets others
    //? x = [0.9, 0.4]
    //? writes: x
    [Differentiable]
    public static double RefReplaced(double[] x)
    {
        double[] a = x;
        ref double r = ref a[0];
        for (int i = 0; i < 2; i++) { a = [a[0] * 2, a[1] + r]; r *= 1.5; a[0] += r; }
        return a[0] * a[1] + r + x[0];
    }

    //? index arrays and masks that branches and loops make
    //? x = [0.9, 0.4, 0.2], k = 1
    //? x = [0.9, 0.4, 0.2], k = 0
    [Differentiable]
    public static double IntMade(ReadOnlySpan<double> x, int k)
    {
        int[] order = k > 0 ? [2, 0] : new int[1];
        double s = 0;
        foreach (int i in order) s += x[i] * x[(i + 1) % x.Length];
        bool[] mask = new bool[3];
        for (int r = 0; r < 2; r++) { mask = [mask[1], !mask[0], r > 0]; }
        for (int i = 0; i < 3; i++) if (mask[i]) s *= x[i];
        return s;
    }

    //? the best, the worst and the last of several new arrays
    //? x = [0.5, -1.5], n = 5
    [Differentiable]
    public static double BestAndLast(double[] x, int n)
    {
        double[] best = x, cur = x, worst = x; double f = 100, g = 0;
        for (int i = 0; i < n; i++)
        {
            if (i == 3) { best = worst; continue; }
            cur = [cur[0] * 0.8 + 0.1, cur[1] * 0.7 + best[0] * 0.1];
            double v = cur[0] * cur[0] + cur[1] * cur[1];
            if (v < f) { f = v; best = cur; }
            if (v > g) { g = v; worst = cur; }
        }
        return best[0] * best[1] + cur[0] * worst[1];
    }

    //? two variables with one array, one of which gets new ones
    //? x = [0.5, -1.5], n = 0
    //? x = [0.5, -1.5], n = 2
    //? writes: x
    [Differentiable]
    public static double OriginalAlias(double[] x, int n)
    {
        double[] a = x, b = x;
        for (int i = 0; i < n; i++)
        {
            b[0] += 0.5;
            a = [a[0] * 0.9, a[1] + b[0]];
        }
        return a[0] * b[1] + x[0];
    }

    static readonly double[] Table = [0.1, 0.4, 0.9, 1.6];

    //? tensors over new arrays
    //? x = [0.5, -1.5, 1, 0.3], n = 3
    [Differentiable]
    public static double TensorOverMade(double[] x, int n)
    {
        double[] a = x;
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            var t = new TensorSpan<double>(a, [2, 2]);
            var b = new double[4];
            var u = new TensorSpan<double>(b, [2, 2]);
            for (int r = 0; r < 2; r++) for (int c = 0; c < 2; c++) u[r, c] = t[r, 0] * t[0, c] + t[c, r];
            s += u[1, 1] * t[0, 1];
            a = b;
        }
        return s + a[2];
    }

    //? a part of a new array, held beside it
    //? x = [0.5, -1.5, 1, 0.3], n = 3
    [Differentiable]
    public static double SliceBeside(double[] x, int n)
    {
        double[] a = x; Span<double> tail = x.AsSpan(2);
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            var b = new double[4];
            for (int r = 0; r < 4; r++) b[r] = a[r] * a[(r + 1) % 4] + tail[0];
            a = b; tail = b.AsSpan(1);
            tail[0] += 1;
        }
        return s + a[1] + tail[1];
    }

    //? new arrays in both of two loops, with `break` and `continue`
    //? x = [0.5, -1.5], n = 4
    [Differentiable]
    public static double InnerOuter(double[] x, int n)
    {
        double[] a = x; double s = 0;
        for (int i = 0; i < n; i++)
        {
            a = [a[0] * 0.9, a[1] + 0.1];
            for (int j = 0; j < 3; j++)
            {
                if (j == i) break;
                a = [a[1], a[0] * a[1]];
            }
            if (i == 1) continue;
            a = [a[0] + s, a[1]];
            s += a[0] * a[1];
        }
        return s + a[0];
    }

    //? two new arrays for two variables
    //? x = [0.5, -1.5], y = [0.2, 0.4], n = 3
    [Differentiable]
    public static double Crosswise(double[] x, double[] y, int n)
    {
        double[] a = x, b = y;
        for (int i = 0; i < n; i++)
        {
            double[] c = [a[0] + b[1], a[1] * b[0]], d = [a[0] * b[0], b[1]];
            (a, b) = (d, c);
        }
        return a[0] * b[0] + a[1] * b[1];
    }

    //? a new array and the last, which change places
    //? x = [0.5, -1.5], y = [0.2, 0.4], n = 3
    [Differentiable]
    public static double SwapMade(double[] x, double[] y, int n)
    {
        double[] a = x, b = y;
        for (int i = 0; i < n; i++)
        {
            double[] c = [a[0] + b[1], a[1] * b[0]];
            (a, b) = (b, c);
        }
        return a[0] * b[0] + a[1] * b[1];
    }

    //? an array written after the loop that may have made it
    //? x = [0.5, -1.5], n = 2
    //? x = [0.5, -1.5], n = 0
    //? writes: x
    [Differentiable]
    public static double WrittenAfter(double[] x, int n)
    {
        double[] a = x;
        for (int i = 0; i < n; i++) a = [a[0] * 1.1, a[1] * a[0]];
        var b = a;
        b[0] += x[1];
        return a[0] * b[1] + x[0];
    }

    //? new arrays of numbers and of indices, left by `goto`
    //? writes: x
    //? x = [0.5, -1.5, 0.7], n = 3
    [Differentiable]
    public static double GotoMade(double[] x, int n)
    {
        double[] a = x; int[] order = [0, 1, 2];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                order = [order[1], order[2], order[0]];
                if (x[order[0]] < -1) goto next;
                a = [a[order[0]] + 0.1, a[1], a[order[2]]];
            }
            next: ;
            a[0] *= 1.2;
        }
        return a[0] * a[1] + a[2] * order[0];
    }

    //? the array before an inner loop that makes others
    //? x = [0.5, -1.5, 2], n = 3
    [Differentiable]
    public static double PrevAround(double[] x, int n)
    {
        double[] state = x, prev = x;
        for (int i = 0; i < n; i++)
        {
            prev = state;
            for (int j = 0; j < 2; j++) state = Gradient(state);
        }
        return state[0] * prev[1];
    }

    //? one new array for two variables
    //? x = [0.5, -1.5, 2], n = 3
    [Differentiable]
    public static double Aliased(double[] x, int n)
    {
        double[] a = x, b = x;
        for (int i = 0; i < n; i++)
        {
            var t = Scale(a, 0.9);
            a = t; b = t;
            b[0] += 0.1;
        }
        return a[0] * b[1];
    }

    //? the iteration for the largest eigenvalue, on new arrays
    //? a = [2, 0.3, 0.3, 1], n = 4
    [Differentiable]
    public static double PowerIteration(ReadOnlySpan<double> a, int n)
    {
        double[] v = [1, 0.5];
        double lambda = 0;
        for (int i = 0; i < n; i++)
        {
            double[] w = MatVec(a, v);
            lambda = Math.Sqrt(w[0] * w[0] + w[1] * w[1]);
            if (lambda == 0) return 0;
            v = Scale(w, 1 / lambda);
        }
        return lambda * v[0];
    }

    private static double[] MatVec(ReadOnlySpan<double> a, double[] v)
    {
        var r = new double[v.Length];
        for (int i = 0; i < r.Length; i++) for (int j = 0; j < v.Length; j++) r[i] += a[i * v.Length + j] * v[j];
        return r;
    }

    //? the reverse mode of an operator on new arrays
    //? x = [0.9, 0.4, -0.2], n = 2
    [Differentiable]
    public static double SortLoop(double[] x, int n)
    {
        double[] a = x;
        for (int i = 0; i < n; i++)
        {
            var s = new double[a.Length]; var g = new double[a.Length];
            Soft.Sort(a, s, 0.3);
            Soft.SortVjp(a, s, s, g, out _, 0.3);
            for (int j = 0; j < g.Length; j++) g[j] += 0.1 * s[j] * a[j];
            a = g;
        }
        return a[0] + a[1] * a[2];
    }

    //? functions of `TensorPrimitives` in place on one of two buffers
    //? x = [0.9, 0.4, 0.2, 0.6], f = true
    //? x = [0.9, 0.4, 0.2, 0.6], f = false
    [Differentiable]
    public static double TpChoice(ReadOnlySpan<double> x, bool f)
    {
        Span<double> a = [.. x], b = stackalloc double[4];
        b.Fill(0.5);
        for (int i = 0; i < 3; i++)
        {
            var d = f == (i % 2 == 0) ? a[1..3] : b[..2];
            TensorPrimitives.Multiply(d, x[2..], d);
            TensorPrimitives.Exp(d, d);
            if (TensorPrimitives.Norm<double>(d) > 100) break;
        }
        return TensorPrimitives.Dot<double>(a, b) + TensorPrimitives.Distance<double>(a, b);
    }

    //? arrays made anew by nested loops, of lengths known before them
    //? x = [0.5, -1.5, 2, 0.3], n = 3
    //? x = [0.5, -1.5, 2, 0.3], n = 0
    [Differentiable]
    public static double MadeInNestedLoops(double[] x, int n)
    {
        double[] a = [.. x], b = [.. x], c = [.. x];
        Span<double> part = stackalloc double[4];
        part[3] = x[0];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                a = part.ToArray();
                part[3] *= a[3] + x[1];
                b = new double[n + 1];
                b[3] = x[2] * j;
            }

            if (n > i + 1) for (int j = 0; j < 2; j++) { double[] next = new double[c.Length]; next[2] = c[3] * j + x[i]; c = next; }
        }

        return a[3] * b[^1] + c[2] * part[3];
    }

    //? arrays made anew in a loop, their lengths and indices in `checked`
    //? x = [0.5, -1.5, 2, 0.3], n = 2, m = 2L
    //? x = [0.5, -1.5, 2, 0.3], n = 0, m = 3L
    //? x = [0.5, -1.5, 2, 0.3], n = 2, m = 2000000000L -> throws OverflowException
    [Differentiable]
    public static double CheckedLengths(double[] x, int n, long m)
    {
        double[] u = [.. x];
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            double[] next = new double[checked((int)(n * m) + n * n - (n << 1))];
            for (int j = 0; j < next.Length; j++) next[checked(j * 1)] = u[checked(next.Length - 1 - j)] * x[i] + x[j];
            u = next;
            double[] pair = i > 0 ? new double[checked(n * i)] : u;
            s += pair.Length * u[1];
        }

        return s + u[^1] * u[0];
    }
}
