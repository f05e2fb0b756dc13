using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Recursion
{
    //? recursion: integer powers
    //? x = 1.1, n = 5
    //? x = 1.1, n = 0
    [Differentiable]
    public static double Power(double x, int n) => n == 0 ? 1 : x * Power(x, n - 1);

    //? recursion by halves, with a branch
    //? x = 1.1, n = 11
    [Differentiable]
    public static double FastPower(double x, int n)
    {
        if (n == 0) return 1;
        double half = FastPower(x, n / 2);
        return n % 2 == 0 ? half * half : half * half * x;
    }

    //? two recursive calls in one expression
    //? x = 0.9, n = 7
    [Differentiable]
    public static double Fibonacci(double x, int n) => n < 2 ? x + n : Fibonacci(x, n - 1) * 0.5 + x * Fibonacci(x, n - 2);

    //? mutual recursion
    //? x = 1.2, n = 5
    //? x = 1.2, n = 6
    [Differentiable]
    public static double Mutual(double x, int n) => Even(x, n);

    //? recursion over slices
    //? x = [0.5, -1.5, 2, 0.3, 1]
    [Differentiable]
    public static double TreeSum(ReadOnlySpan<double> x)
    {
        if (x.Length == 0) return 0;
        if (x.Length == 1) return x[0] * x[0];
        int half = x.Length / 2;
        double left = TreeSum(x[..half]);
        double right = TreeSum(x[half..]);
        return left + right + left * right;
    }

    //? recursion over an array that is only read, and over a part of one
    //? x = [0.5, -1.5, 2, 0.3, 1], n = 3
    [Differentiable]
    public static double OverArray(double[] x, int n) => Nested(x, n) + Nested(x.AsSpan(1, 3), n + 1);

    //? recursion that writes one of the arrays it is given
    //? writes: y
    //? x = [0.5, -1.5], y = [0.3, 1], n = 3
    [Differentiable]
    public static double WritesOne(double[] x, double[] y, int n) => Exchanged(x, y, n) * y[0];

    //? recursion 500 deep
    //? x = 0.7
    [Differentiable]
    public static double Deep(double x) => Iterate(x, 0.5, 500);

    //? recursion that depends on the differentiated value
    //? x = 9.3
    //? x = 0.4
    [Differentiable]
    public static double UntilSmall(double x) => x < 1 ? x * x : UntilSmall(x / 2.5) * x;

    //? recursion inside a loop
    //? x = 0.8, depth = 3
    [Differentiable]
    public static double Tree(double x, int depth)
    {
        if (depth == 0) return x * x;
        double s = 0;
        for (int i = 1; i <= 2; i++) s += Tree(x * i * 0.6, depth - 1) * x;
        return s;
    }

    //? recursion that writes a span
    //? y = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static void Transform(Span<double> y)
    {
        if (y.Length < 2) return;
        int half = y.Length / 2;
        Transform(y[..half]);
        Transform(y[half..]);
        for (int i = 0; i < half; i++)
        {
            double a = y[i];
            double b = y[i + half];
            y[i] = a + b * a;
            y[i + half] = a - b;
        }
    }

    //? recursion with several results, by `ref`
    //? x = 0.4, n = 3
    [Differentiable]
    public static double SeveralResults(double x, int n)
    {
        double a = x, b = x * x;
        Step(ref a, ref b, n);
        Step(ref b, ref a, n - 1);
        return a * b;
    }

    //? recursion over overlapping spans
    //? x = [0.5, 1.5, -0.3, 0.8]
    [Differentiable]
    public static double Overlapping(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        Blend(b, b, 2);
        Blend(b.AsSpan(1), b.AsSpan(0, 3), 2);
        return Math.Sin(b[0] + b[1] * b[2] - b[3] * b[3]);
    }

    private static void Blend(Span<double> y, ReadOnlySpan<double> x, int n)
    {
        if (n == 0) return;
        for (int i = 1; i < y.Length; i++) y[i] = 0.5 * x[i - 1] * x[i] + y[i] * x[0] * n;
        y[0] = x[1] * x[^1];
        Blend(y, x, n - 1);
        y[1] *= x[0];
    }

    private static void Step(ref double p, ref double q, int n)
    {
        if (n <= 0) return;
        p = p * q + 1;
        q -= p * 0.1;
        Step(ref q, ref p, n - 1);
    }

    private static double Even(double x, int n) => n == 0 ? x : Odd(x * x, n - 1) + x;

    private static double Odd(double x, int n) => n == 0 ? -x : Even(Math.Sin(x), n - 1) * x;

    private static double Iterate(double x, double s, int n) => n == 0 ? s : Iterate(x, Math.Cos(s * x), n - 1);

    static readonly double[] Mono = [1, 2, 3];
    //? new arrays in branches and loops of a helper that calls itself
    //? x = [0.5, -1.5, 2, 1], n = 4
    [Differentiable]
    public static double RecMade(ReadOnlySpan<double> x, int n) => Down(x, n, 0.3);

    private static double Down(ReadOnlySpan<double> x, int n, double k)
    {
        if (n == 0) return x[0] * k;
        double[] y = x.ToArray();
        if (n % 2 == 0) { y = new double[x.Length]; for (int i = 0; i < y.Length; i++) y[i] = x[i] * x[0] + k; }
        for (int i = 0; i < n; i++) y = [y[1], y[2] * 0.5, y[3], y[0] + k];
        return Down(y, n - 1, k * y[2]) + (n > 2 ? Down(x[1..].Length < 4 ? y : x, n - 2, k) : 0);
    }

    //? selection of the smallest but `k` in place
    //? x = [[0.5, -1.5], [2, 1]], k = 2
    [Differentiable]
    public static double QuickSelect2(ReadOnlyTensorSpan<double> x, int k)
    {
        Span<double> e = stackalloc double[4];
        for (int i = 0; i < 4; i++) e[i] = x[i / 2, i % 2];
        return Select(e, 0, 3, k) * e[0];
    }

    private static double Select(Span<double> a, int lo, int hi, int k)
    {
        if (lo == hi) return a[lo];
        double p = a[hi]; int s = lo;
        for (int i = lo; i < hi; i++) if (a[i] < p) { (a[s], a[i]) = (a[i], a[s]); s++; }
        (a[s], a[hi]) = (a[hi], a[s]);
        return k == s ? a[s] : k < s ? Select(a, lo, s - 1, k) : Select(a, s + 1, hi, k);
    }

    //? helpers that call each other, with tensors, tuples, `ref` and `out`
    //? x = [[0.5, -1.5], [2, 1], [0.3, 0.8]]
    [Differentiable]
    public static double MutualOnTensors(ReadOnlyTensorSpan<double> x)
    {
        double acc = 1;
        var (a, b) = Even(x, 0, ref acc);
        return a * b + acc;
    }

    private static (double, double) Even(ReadOnlyTensorSpan<double> x, int i, ref double acc)
    {
        if (i >= x.Lengths[0]) return (1, acc);
        acc *= 1 + x[i, 0] * 0.1;
        var (p, q) = Odd(x, i + 1, acc, out double r);
        return (p + x[i, 1] * r, q * acc);
    }

    private static (double, double) Odd(ReadOnlyTensorSpan<double> x, int i, in double s, out double r)
    {
        double t = s;
        r = s * s;
        if (i >= x.Lengths[0]) return (s, 2);
        var (a, b) = Even(x, i + 1, ref t);
        r += t * x[i, 0];
        return (b, a + t);
    }

    //? a span, parts of it and elements by `ref`, to a helper that calls itself
    //? y = [0.5, -1.5, 2, 1]
    [Differentiable]
    public static double AliasAll(Span<double> y) => Walk(y, y[1..], ref y[0], 2) + y[3];

    private static double Walk(Span<double> a, Span<double> b, ref double c, int n)
    {
        if (n == 0) return a[0] * b[0];
        c *= b[1]; a[1] += c * b[2]; b[0] *= a[0];
        return Walk(a, b, ref a[2], n - 1) + Walk(b, a[..3], ref c, 0);
    }

    //? one of two spans, tuples and `ref`, to a helper that calls itself
    //? x = [0.9, 0.4, 0.2], y = [0.1, 0.7, 0.3], n = 3
    [Differentiable]
    public static double KeptCall(Span<double> x, Span<double> y, int n)
    {
        double e = 0.5, s = 0;
        for (int i = 0; i < n; i++)
        {
            var d = i % 2 == 0 ? x : y[1..];
            var (p, q) = Ladder(d, (e, s), ref e, n - i);
            s += p * q;
        }
        return s * e + x[0] * y[2];
    }

    private static (double, double) Ladder(Span<double> d, (double A, double B) t, ref double e, int n)
    {
        if (n == 0 || d.Length < 2) return (t.A, t.B + d[0]);
        d[0] += 0.1 * t.A * d[1]; e *= 1 + 0.1 * d[0];
        var (u, v) = Ladder(d[1..], (t.B, t.A * d[0]), ref e, n - 1);
        d[1] *= u;
        return (v + e, u * d[1]);
    }

    private static double Nested(ReadOnlySpan<double> x, int n) => n == 0 ? x[0] : Math.Sin(Nested(x, n - 1)) * x[1] + x[n % 3];

    private static double Exchanged(double[] x, double[] y, int n)
    {
        y[n % 2] = Math.Sin(y[1] * x[n % 2]);
        return n == 0 ? y[1] : Exchanged(x, y, n - 1) * x[0];
    }
}
