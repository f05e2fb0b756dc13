using System;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly record struct Sample(double Time, double Value)
{
    public Sample After(double step) => new(Time + step, Value * Math.Exp(-step));
}

public static partial class MadeArrays
{
    //? an array made and returned
    //? x = 0.7, n = 4, result = [0, 0, 0, 0]
    //? x = 0.7, n = 0, result = []
    //? x = 0.7, n = -1, result = [] -> throws OverflowException
    [Differentiable]
    public static double[] Powers(double x, int n)
    {
        var y = new double[n];
        double p = 1;
        for (int i = 0; i < n; i++) { y[i] = p; p *= x; }
        return y;
    }

    //? an array of listed elements, returned
    //? x = 0.7, y = 0.3, result = [0, 0, 0]
    [Differentiable]
    public static double[] Listed(double x, double y) => [x * y, Math.Sin(x), 1];

    //? a copy of an array, changed and returned
    //? a = [0.1, 0.4, -0.3], b = [1, 2, 0.5], result = [0, 0, 0]
    [Differentiable]
    public static double[] Substitution(double[] a, double[] b)
    {
        var x = (double[])b.Clone();
        for (int i = 1; i < x.Length; i++) x[i] -= a[i] * x[i - 1];
        return x;
    }

    //? the array of a helper, returned
    //? x = [0.5, -1.1], k = 2, result = [0, 0]
    [Differentiable]
    public static double[] FromHelper(ReadOnlySpan<double> x, double k) => Scaled(Scaled(x, k), k);

    private static double[] Scaled(ReadOnlySpan<double> x, double k)
    {
        double[] y = x.ToArray();
        for (int i = 0; i < y.Length; i++) y[i] *= k * k;
        return y;
    }

    //? arrays of marked methods in another method
    //? x = 0.6, n = 4
    [Differentiable]
    public static double Uses(double x, int n)
    {
        double s = 0;
        foreach (double v in Powers(x, n)) s += v * v;
        return s + Listed(x, s)[0];
    }

    //? an array returned early, or another later
    //? a = [0.5, 1.5], isEmpty = false, result = [0, 0, 0]
    //? a = [0.5, 1.5], isEmpty = true, result = []
    [Differentiable]
    public static double[] Early(double[] a, bool isEmpty)
    {
        if (isEmpty) return new double[0];
        var r = new double[a.Length + 1];
        for (int i = 0; i < a.Length; i++) r[i + 1] = r[i] + a[i] * a[i];
        return r;
    }

    //? one of two arrays, returned
    //? x = 0.4, first = true, result = [0, 0]
    //? x = 0.4, first = false, result = [0]
    [Differentiable]
    public static double[] Either(double x, bool first)
    {
        double[] a = [x * x, Math.Exp(x)], b = [Math.Sin(x)];
        a[0] += b[0];
        return first ? a : b;
    }

    //? an array that exchanges with another in a loop, returned
    //? x = [0.3, 0.8, -0.2], steps = 3, result = [0, 0, 0]
    [Differentiable]
    public static double[] Swapped(double[] x, int steps)
    {
        double[] now = (double[])x.Clone(), next = new double[x.Length];
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < x.Length; i++) next[i] = now[i] * now[(i + 1) % x.Length] + 0.1;
            (now, next) = (next, now);
        }

        return now;
    }

    //? a returned array that the method reads again
    //? x = 0.8, n = 5, result = [0, 0, 0, 0, 0]
    [Differentiable]
    public static double[] Normalised(double x, int n)
    {
        var w = new double[n];
        double s = 0;
        for (int i = 0; i < n; i++) s += w[i] = Math.Exp(-x * i);
        for (int i = 0; i < n; i++) w[i] /= s;
        return w;
    }

    //? a returned array of constants in part
    //? x = 0.8, n = 3, result = [0, 0, 0]
    [Differentiable]
    public static double[] Unit(double x, int n)
    {
        if (x < 0) throw new ArgumentException("negative", nameof(x));
        double[] e = new double[n];
        e[0] = x;
        e[n - 1] = 2;
        return e;
    }

    //? a returned array that depends on no input
    //? x = 0.8, n = 3, result = [0, 0, 0]
    [Differentiable]
    public static double[] Constant(double x, int n)
    {
        _ = x;
        return new double[n];
    }

    //? an array of floats, returned
    //? x = 0.5f, n = 3, result = [0, 0, 0]
    [Differentiable]
    public static float[] Singles(float x, int n)
    {
        var y = new float[n];
        for (int i = 0; i < n; i++) y[i] = MathF.Sin(x * (i + 1));
        return y;
    }

    //? ToArray of a query, returned
    //? x = [0.5, -1.1, 0.2], k = 2, result = [0, 0, 0]
    [Differentiable]
    public static double[] Selected(double[] x, double k) => x.Select(v => Math.Tanh(k * v)).ToArray();

    //? a matrix made and returned
    //? a = [0.5, 2, -1], b = [1, 0.3], result = [[0, 0], [0, 0], [0, 0]]
    [Differentiable]
    public static double[,] Outer(double[] a, double[] b)
    {
        var m = new double[a.Length, b.Length];
        for (int i = 0; i < a.Length; i++)
            for (int j = 0; j < b.Length; j++) m[i, j] = a[i] * b[j];
        return m;
    }

    //? a matrix of a helper, returned
    //? a = [[1, 0.5], [0.2, 2]], k = 3, result = [[0, 0], [0, 0]]
    [Differentiable]
    public static double[,] Power(double[,] a, int k)
    {
        var p = Identity(a.GetLength(0));
        for (int i = 0; i < k; i++) p = Product(p, a);
        return p;
    }

    private static double[,] Identity(int n)
    {
        var e = new double[n, n];
        for (int i = 0; i < n; i++) e[i, i] = 1;
        return e;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0), m = b.GetLength(1), k = a.GetLength(1);
        var c = new double[n, m];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
            {
                double s = 0;
                for (int l = 0; l < k; l++) s += a[i, l] * b[l, j];
                c[i, j] = s;
            }

        return c;
    }

    //? a copy of a matrix, returned
    //? a = [[4, 1], [1, 3]], result = [[0, 0], [0, 0]]
    [Differentiable]
    public static double[,] Cholesky(double[,] a)
    {
        int n = a.GetLength(0);
        var l = (double[,])a.Clone();
        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < j; k++) l[j, j] -= l[j, k] * l[j, k];
            l[j, j] = Math.Sqrt(l[j, j]);
            for (int i = j + 1; i < n; i++)
            {
                for (int k = 0; k < j; k++) l[i, j] -= l[i, k] * l[j, k];
                l[i, j] /= l[j, j];
                l[j, i] = 0;
            }
        }

        return l;
    }

    //? an array of three axes, returned
    //? x = 0.3, result = [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
    [Differentiable]
    public static double[,,] Cube(double x)
    {
        var c = new double[2, 2, 2];
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                for (int k = 0; k < 2; k++) c[i, j, k] = Math.Pow(x, i + j + k);
        return c;
    }

    //? an array of structs, returned
    //? x = 0.3, n = 3, result = [default(Sample), default(Sample), default(Sample)]
    [Differentiable]
    public static Sample[] Samples(double x, int n)
    {
        var all = new Sample[n];
        var sample = new Sample(0, x);
        for (int i = 0; i < n; i++)
        {
            all[i] = sample;
            sample = sample.After(x);
        }

        return all;
    }

    //? an array given back by `out`
    //? x = 0.4, y = [0, 0, 0]
    [Differentiable]
    public static double Out(double x, out double[] y)
    {
        y = new double[3];
        for (int i = 0; i < 3; i++) y[i] = Math.Exp(i * x);
        return y[0] + y[2];
    }

    //? several arrays given back by `out`
    //? a = [1, 0.5, -0.2], low = [0, 0, 0], m = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    [Differentiable]
    public static void Outs(double[] a, out double[] low, out double[,] m)
    {
        low = (double[])a.Clone();
        m = new double[a.Length, a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            low[i] = Math.Min(a[i], 0.1);
            for (int j = 0; j < a.Length; j++) m[i, j] = a[i] * low[j] + i;
        }
    }

    //? an array returned, and another by `out`
    //? x = 0.4, n = 2, result = [0, 0], slopes = [0, 0]
    [Differentiable]
    public static double[] WithSlopes(double x, int n, out double[] slopes)
    {
        var y = new double[n];
        slopes = new double[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = Math.Sin(i + x);
            slopes[i] = Math.Cos(i + x) * y[i];
        }

        return y;
    }

    //? integers given back beside an array
    //? x = [0.5, -0.4, 2], result = [0, 0, 0]
    [Differentiable]
    public static double[] Signed(double[] x, out int[] signs, out int count)
    {
        var y = new double[x.Length];
        signs = new int[x.Length];
        count = 0;
        for (int i = 0; i < x.Length; i++)
        {
            signs[i] = x[i] < 0 ? -1 : 1;
            if (x[i] > 0) count++;
            y[i] = signs[i] * x[i] * x[i];
        }

        return y;
    }

    //? an array returned beside a buffer that is written
    //? x = [0.5, -0.4], y = [1, 2], result = [0, 0]
    [Differentiable]
    public static double[] Beside(ReadOnlySpan<double> x, Span<double> y)
    {
        double[] old = y.ToArray();
        for (int i = 0; i < y.Length; i++) y[i] *= x[i];
        old[0] += y[1];
        return old;
    }

    //? an array in the length of another that a helper makes
    //? x = [0.5, -0.4, 0.1], result = [0, 0, 0, 0, 0]
    [Differentiable]
    public static double[] Convolution(double[] x)
    {
        var c = Zeros(2 * x.Length - 1);
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < x.Length; j++) c[i + j] += x[i] * x[j];
        return c;
    }

    private static double[] Zeros(int n) => new double[n];

    //? an array of a generic method, returned
    //? T = double, x = 0.5, result = [0, 0]
    //? T = float, x = 0.5, result = [0, 0]
    [Differentiable]
    public static T[] Generic<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T> => [x * x, T.Exp(x)];

    //? a range of an array, returned
    //? x = [0.5, -0.4, 0.1], result = [0, 0]
    [Differentiable]
    public static double[] Tail(double[] x)
    {
        double[] y = x.ToArray();
        y[1] *= y[2];
        return y[1..];
    }
}
