using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Arrays
{
    //? array parameters
    //? x = [0.5, -1.5, 2], y = [1, 2, 0.5]
    [Differentiable]
    public static double Dot(double[] x, double[] y)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * y[i];
        return s * s;
    }

    //? `new double[n]` as scratch
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double LocalArray(ReadOnlySpan<double> x)
    {
        double[] squares = new double[x.Length];
        for (int i = 0; i < x.Length; i++) squares[i] = x[i] * x[i];
        double s = 1;
        for (int i = 0; i < squares.Length; i++) s = s * squares[i] + squares[0];
        return s;
    }

    //? `new double[n]` inside a loop
    //? x = [0.5, -1.5, 2], n = 3
    [Differentiable]
    public static double ArrayPerIteration(ReadOnlySpan<double> x, int n)
    {
        double total = 0;
        for (int i = 0; i < n; i++)
        {
            double[] t = new double[x.Length + i];
            for (int j = 0; j < x.Length; j++) t[j] = x[j] * (i + 1) + t[t.Length - 1 - j];
            for (int j = 0; j < t.Length; j++) total += t[j] * t[j];
        }

        return total;
    }

    //? scratch that each iteration overwrites
    //? x = [0.5, -1.5, 2], y = 0.7
    [Differentiable]
    public static double ReusedScratch(ReadOnlySpan<double> x, double y)
    {
        double[] t = new double[x.Length];
        double total = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < t.Length; j++) t[j] = x[j] * y + i * x[i];
            double p = 1;
            for (int j = 0; j < t.Length; j++) p *= t[j];
            total += Math.Tanh(p);
        }

        return total;
    }

    //? scratch carried from one iteration to the next
    //? x = [0.5, -1.5, 2], y = 0.7
    [Differentiable]
    public static double CarriedScratch(ReadOnlySpan<double> x, double y)
    {
        double[] state = new double[x.Length];
        for (int step = 0; step < 4; step++)
        {
            for (int j = 0; j < state.Length; j++)
            {
                state[j] = Math.Tanh(state[j] * y + x[j] + state[(j + 1) % state.Length]);
            }
        }

        return state[0] + state[1] * state[2];
    }

    //? elements updated in place, `a[i] = f(a[i])`
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double ElementInPlace(ReadOnlySpan<double> x)
    {
        double[] a = x.ToArray();
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < a.Length; i++) a[i] = Math.Sin(a[i]) * a[i];
        }

        return a[0] * a[1] + a[2];
    }

    //? `+= -= *= /=` on elements
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double CompoundOnElements(ReadOnlySpan<double> x)
    {
        double[] a = new double[2];
        a[0] = x[0];
        a[1] = x[1];
        a[0] += x[2] * a[1];
        a[1] -= a[0];
        a[0] *= a[0];
        a[1] *= x[0];
        a[0] /= a[1] + 5;
        return a[0] * a[1];
    }

    //? `++` and `--` on elements
    //? x = 0.8
    [Differentiable]
    public static double IncrementElements(double x)
    {
        double[] a = [x, x * x];
        double before = a[0]++;
        double after = --a[1];
        a[0]++;
        return before * a[0] + after * a[1];
    }

    //? collection initialisers `new[] { x, y }`, `new double[] { … }` and `[x, y]`
    //? x = 0.8, y = 1.4
    [Differentiable]
    public static double Initialisers(double x, double y)
    {
        var a = new[] { x, y, x * y };
        double[] b = new double[] { y, a[0], 1 };
        double[] c = { a[1], b[2], x };
        double[] d = [c[0], y * y];
        double s = 0;
        for (int i = 0; i < a.Length; i++) s += a[i] * b[i] * c[i];
        return s + d[0] * d[1];
    }

    //? matrix–vector product
    //? m = [1, 2, -1, 0.5, 0.3, -2], v = [0.7, 1.1, -0.4]
    [Differentiable]
    public static double MatrixVector(ReadOnlySpan<double> m, ReadOnlySpan<double> v)
    {
        double norm = 0;
        int rows = m.Length / v.Length;
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < v.Length; j++)
            {
                product[i] += m[i * v.Length + j] * v[j];
            }

            norm += product[i] * product[i];
        }

        return Math.Sqrt(norm);
    }

    //? prefix sums
    //? x = [0.5, -1.5, 2, 1]
    [Differentiable]
    public static double PrefixSums(ReadOnlySpan<double> x)
    {
        double[] sums = new double[x.Length + 1];
        for (int i = 0; i < x.Length; i++) sums[i + 1] = sums[i] + x[i] * x[i];
        double s = 0;
        for (int i = 0; i < sums.Length; i++) s += sums[i] * sums[i];
        return s;
    }

    //? recurrences over `a[i - 1]` and `a[i - 2]`
    //? x = 0.8, y = -0.4, n = 7
    [Differentiable]
    public static double SecondOrderRecurrence(double x, double y, int n)
    {
        double[] a = new double[n];
        a[0] = x;
        a[1] = y;
        for (int i = 2; i < n; i++) a[i] = a[i - 1] * x + a[i - 2] * a[i - 2];
        return a[n - 1];
    }

    //? a Gauss–Seidel sweep in place
    //? b = [1, -2, 0.5, 3]
    [Differentiable]
    public static double GaussSeidel(ReadOnlySpan<double> b)
    {
        int n = b.Length;
        double[] u = new double[n];
        for (int sweep = 0; sweep < 3; sweep++)
        {
            for (int i = 0; i < n; i++)
            {
                double left = i > 0 ? u[i - 1] : 0;
                double right = i < n - 1 ? u[i + 1] : 0;
                u[i] = (b[i] + left + right * right * 0.1) / 2;
            }
        }

        return u[0] * u[n - 1];
    }

    //? index arrays, `a[idx[i]]`
    //? x = [0.5, -1.5, 2], idx = [2, 0, 2, 1]
    [Differentiable]
    public static double IndexArray(ReadOnlySpan<double> x, ReadOnlySpan<int> idx)
    {
        double[] bins = new double[3];
        double s = 0;
        for (int i = 0; i < idx.Length; i++)
        {
            bins[idx[i]] += x[idx[i]] * (i + 1);
            s += x[idx[i]] * x[i % x.Length];
        }

        for (int i = 0; i < bins.Length; i++) s += bins[i] * bins[i];
        return s;
    }

    //? a local `int[]`
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double LocalIntArray(ReadOnlySpan<double> x)
    {
        int[] order = new int[x.Length];
        for (int i = 0; i < order.Length; i++) order[i] = (i * 2 + 1) % x.Length;
        double s = 1;
        for (int i = 0; i < order.Length; i++) s = s * 0.5 + x[order[i]] * x[i];
        return s;
    }

    //? a running index, `a[p++]`
    //? x = [0.5, -1.5, 2, 0.1]
    [Differentiable]
    public static double RunningIndex(ReadOnlySpan<double> x)
    {
        int p = 0;
        double a = x[p++];
        double b = x[p++] * a;
        double[] t = new double[4];
        int q = 0;
        t[q++] = a * b;
        t[q++] = x[p++];
        t[q] = x[p--];
        return t[0] * t[1] + t[q] * b + x[p];
    }

    //? several writes to one element
    //? x = 0.7
    [Differentiable]
    public static double OverwrittenElement(double x)
    {
        double[] a = new double[1];
        a[0] = x * x;
        double b = a[0] * a[0];
        a[0] = Math.Exp(x);
        b += a[0];
        a[0] = 3;
        return b * a[0];
    }

    //? indexing from the end, `a[^1]`
    //? x = [0.5, -1.5, 2, 0.1]
    [Differentiable]
    public static double FromEnd(double[] x)
    {
        double[] t = new double[2];
        t[^1] = x[^1] * x[^2];
        t[^2] = t[^1] + x[0];
        return t[0] * t[1];
    }

    //? a matrix stored by rows
    //? x = [1, 2, -1, 0.5], n = 2
    [Differentiable]
    public static double MatrixPower(ReadOnlySpan<double> x, int n)
    {
        double[] p = new double[n * n];
        double[] q = new double[n * n];
        for (int i = 0; i < n; i++) p[i * n + i] = 1;
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double s = 0;
                    for (int m = 0; m < n; m++) s += p[i * n + m] * x[m * n + j];
                    q[i * n + j] = s;
                }
            }

            for (int i = 0; i < p.Length; i++) p[i] = q[i];
        }

        return p[0] + p[3] * p[1];
    }

    //? results that their elements keep, with a later write to some, and in a loop of a loop
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double ElementsKeepResults(ReadOnlySpan<double> x)
    {
        Span<double> kept = stackalloc double[3], lost = stackalloc double[3], again = stackalloc double[3];
        for (int i = 0; i < 3; i++)
        {
            kept[i] = Math.Tanh(x[i]);
            lost[i] = Math.Exp(x[i]);
        }

        lost[1] = x[0];
        double s = 0;
        for (int k = 0; k < 2; k++)
        {
            for (int i = 0; i < 3; i++) again[i] = Math.Sin(kept[i] * (k + 1));
            for (int i = 0; i < 3; i++) s += again[i] * again[i] * lost[i];
        }

        for (int i = 0; i < 3; i++) s *= kept[i] + lost[2];
        return s;
    }

    //? `Array.Copy`, `Array.Fill` and `Array.Clear`
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double ArrayMethods(double[] x)
    {
        double[] a = new double[3];
        Array.Fill(a, x[0] * x[1]);
        double s = a[2] * a[0];
        Array.Copy(x, a, 2);
        s += a[0] * a[1] * a[2];
        Array.Clear(a);
        return s + a[0];
    }

    //? `Clone`, `CopyTo(array, index)` and a range of an array
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double Copies(double[] x)
    {
        double[] a = (double[])x.Clone();
        double[] b = new double[5];
        a[0] *= 3;
        a.CopyTo(b, 2);
        double[] c = b[1..4];
        c[1] *= a[1];
        return a[0] * b[2] + b[3] * b[4] + c[1] * c[2];
    }

    //? spread elements, `[y, .. x]`
    //? x = [0.5, -1.5, 2], y = 0.3
    [Differentiable]
    public static double Spreads(ReadOnlySpan<double> x, double y)
    {
        double[] a = [y, .. x, x[0] * y, .. x[1..]];
        Span<double> b = [.. a, .. a];
        a[1] = 7;
        double s = 0;
        for (int i = 0; i < b.Length; i++) s += b[i] * b[b.Length - 1 - i] * (i + 1);
        return s * a[1];
    }

    //? `ToArray` of `System.Linq`
    //? x = [0.5, -1.5, 0.7]
    [Differentiable]
    public static double Linq(double[] x)
    {
        var y = System.Linq.Enumerable.ToArray(x);
        y[0] *= y[1];
        return y[0] + y[2];
    }

    //? arrays indexed by `long` and `uint`
    //? x = [0.5, -1.5, 2, 0.25], at = 1
    [Differentiable]
    public static double WideIndices(double[] x, long at)
    {
        double[] b = new double[4];
        for (long i = 0; i < x.LongLength; i++) b[i] += x[i] * x[3 - i];
        for (uint i = 1; i < 4; i++) b[i] *= x[i - 1];
        return b[at] * b[^2] + b[0];
    }
}
