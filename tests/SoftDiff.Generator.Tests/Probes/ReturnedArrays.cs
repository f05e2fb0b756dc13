using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ReturnedArrays
{
    //? arrays made and returned by helpers
    //? x = 0.7, y = 0.2
    [Differentiable]
    public static double ReturnedArray(double x, double y)
    {
        double[] v = Pair(x, y);
        double[] u = Pair(v[0], v[1]);
        return v[0] * u[1] + u[0];
    }

    //? slices returned by helpers, written through
    //? x = [0.7, 0.2, 1.1, 0.5]
    [Differentiable]
    public static double ReturnedSlice(ReadOnlySpan<double> x)
    {
        Span<double> a = x.ToArray();
        Span<double> r = Row(a, 1, 2);
        r[0] *= a[0];
        double s = 0;
        for (int i = 0; i < 2; i++)
            foreach (double v in Row(a, i, 2)) s += v * v * (i + 1);
        return s;
    }

    //? returned arrays in loops and as arguments
    //? x = [0.7, 0.2, 1.1]
    [Differentiable]
    public static double Returned(ReadOnlySpan<double> x)
    {
        double[] v = Scale(x, 2);
        for (int i = 0; i < 3; i++)
        {
            double[] u = Scale(Add(v, x), 0.5);
            u.CopyTo(v, 0);
            v[i] += Last(u)[0];
        }

        ReadOnlySpan<double> h = Last(v);
        var t = Scale(v, 3);
        return h[0] * t[1] + Pick(v, x[0] > 0)[0];
    }

    //? one of several arrays returned out of a loop, beside `ref` and `out`
    //? x = [0.5, -1, 0.3], k = 0
    //? x = [0.5, -1, 0.3], k = 1
    [Differentiable]
    public static double RefBeside(ReadOnlySpan<double> x, int k)
    {
        double[] a = x.ToArray(), b = x.ToArray();
        double w = 1;
        for (int i = 0; i < 3; i++)
        {
            double[] c = Choose(a, b, i + k, ref w, ref a[i], out double q);
            c[0] += q * w;
        }

        return a[0] * b[0] + w * a[1];
    }

    private static double[] Pair(double x, double y) => new[] { x * y, x + y };

    private static Span<double> Row(Span<double> a, int i, int n) => a.Slice(i * n, n);

    private static double[] Scale(ReadOnlySpan<double> x, double k)
    {
        double[] r = new double[x.Length];
        for (int i = 0; i < r.Length; i++) r[i] = k * x[i] * x[i];
        return r;
    }

    private static double[] Add(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] r = a.ToArray();
        for (int i = 0; i < r.Length; i++) r[i] += b[i];
        return r;
    }

    private static ReadOnlySpan<double> Last(double[] a) => a.AsSpan(a.Length - 1);

    private static Span<double> Pick(double[] a, bool first)
    {
        if (first) return a.AsSpan(0, 1);
        return a.AsSpan(1);
    }

    private static double[] Choose(double[] a, double[] b, int i, ref double w, ref double e, out double q)
    {
        q = a[0] * b[1];
        e *= 1.5;
        w += e;
        if (i % 2 == 0)
        {
            a[1] += 0.1;
            return a;
        }

        while (w < 3)
        {
            w *= 1.7;
            if (w > 2.5) return b;
        }

        return a;
    }

    //? a new array or the one given, with early `return`
    //? x = [0.5, -1.5, 2]
    //? x = [-0.5, -1.5, 2]
    [Differentiable]
    public static double EarlyArray(double[] x)
    {
        var y = Unit(x);
        return y[0] * y[1] * y[2];
    }

    private static double[] Unit(double[] x)
    {
        if (x[0] < 0) return x;
        var y = new double[x.Length];
        double n = 0;
        foreach (var v in x) n += v * v;
        if (n < 1e-12) return y;
        for (int i = 0; i < y.Length; i++) y[i] = x[i] / Math.Sqrt(n);
        return y;
    }

    //? an array returned out of a loop that makes it
    //? x = [0.5, -1.5, 2], tol = 0.5
    //? x = [0.5, -1.5, 2], tol = 0.00001
    [Differentiable(Wrt = ["x"])]
    public static double FixedPoint(double[] x, double tol)
    {
        var y = Iterate(x, tol);
        return y[0] * y[1] + y[2] * y[2];
    }

    private static double[] Iterate(double[] x, double tol)
    {
        var s = x;
        for (int k = 0; k < 6; k++)
        {
            var t = new double[s.Length];
            double d = 0;
            for (int i = 0; i < t.Length; i++) { t[i] = 0.5 * Math.Cos(s[i]); d += Math.Abs(t[i] - s[i]); }
            s = t;
            if (d < tol) return s;
        }
        return s;
    }

    //? arrays chosen by one helper in another
    //? x = [0.9, 0.4], y = [1, 2], k = 0
    //? x = [0.9, 0.4], y = [1, 2], k = 1
    //? x = [0.9, 0.4], y = [1, 2], k = 2
    [Differentiable]
    public static double Levels(double[] x, double[] y, int k) { var z = Pick2(x, y, k); z = k == 2 ? z[1..] : z; return z[0] * z[^1] * x[0]; }

    private static double[] Pick2(double[] x, double[] y, int k) => k == 2 ? Add(x, y) : Pick(x, y, k);

    private static double[] Pick(double[] x, double[] y, int k)
    {
        if (k == 0) return x;
        var c = Add(y, y);
        return c;
    }

    private static double[] Add(double[] x, double[] y)
    {
        var r = new double[x.Length];
        for (int i = 0;
        i < r.Length;
        i++) r[i] = x[i] + y[i];
        return r;
    }
}
