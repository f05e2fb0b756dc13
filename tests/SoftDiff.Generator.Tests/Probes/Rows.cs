using System;
using System.Numerics;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Rows
{
    //? rows of as many elements as a parameter says, none if it is negative
    //? x = [0.5, 1.5, -0.3], a = 0.7, n = -4
    //? x = [0.5, 1.5, -0.3], a = 0.7, n = 0
    //? x = [0.5, 1.5, -0.3], a = 0.7, n = 3
    [Differentiable]
    public static double NegativeCount(ReadOnlySpan<double> x, double a, int n)
    {
        Span<double> b = stackalloc double[6];
        for (int i = 0; i < 6; i++) b[i] = a;
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < n; i++) b[k + i] += x[i] * (a + k);
        }

        return WeightedSquares(b);
    }

    //? rows that start out of range where no element is read
    //? x = [0.5, 1.5, -0.3], a = 0.7, start = 100, n = 0
    //? x = [0.5, 1.5, -0.3], a = 0.7, start = -5, n = -1
    //? x = [0.5, 1.5, -0.3], a = 0.7, start = 1, n = 2
    [Differentiable]
    public static double StartOutOfRange(ReadOnlySpan<double> x, double a, int start, int n)
    {
        Span<double> b = stackalloc double[6];
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < n; i++) b[start + i] += x[i] * (a + k);
        }

        return WeightedSquares(b) + a;
    }

    //? an element stored and its neighbour added to, by one loop
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1], a = 0.7, c = -0.4
    [Differentiable]
    public static double StoreAndAddNext(ReadOnlySpan<double> x, double a, double c)
    {
        double[] b = new double[x.Length + 1];
        for (int i = 0; i < x.Length; i++)
        {
            b[i] = a * x[i];
            b[i + 1] += c * x[i];
        }

        return WeightedSquares(b);
    }

    //? overlapping slices of one buffer, stored through both
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1], a = 0.7, c = -0.4
    [Differentiable]
    public static double OverlappingSlices(ReadOnlySpan<double> x, double a, double c)
    {
        int n = x.Length;
        Span<double> b = new double[n + 1];
        Span<double> lower = b.Slice(0, n), upper = b.Slice(1, n);
        for (int i = 0; i < n; i++)
        {
            upper[i] = a * x[i];
            lower[i] = c * x[i];
        }

        return WeightedSquares(b);
    }

    //? rows of one buffer at distances that a parameter sets, apart or not
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1], a = 0.7, stride = 9
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1], a = 0.7, stride = 3
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1], a = 0.7, stride = 0
    [Differentiable]
    public static double Strides(ReadOnlySpan<double> x, double a, int stride)
    {
        Span<double> b = stackalloc double[27];
        for (int i = 0; i < x.Length; i++)
        {
            b[stride + i] = a * x[i];
            b[2 * stride + i] += a * a * x[i];
        }

        return WeightedSquares(b);
    }

    //? rows of a buffer read and written by one loop
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 1.1, 0.3], a = 0.7
    [Differentiable]
    public static double RowsOfOneBuffer(ReadOnlySpan<double> x, double a)
    {
        double[] b = new double[30];
        for (int i = 0; i < 10; i++) b[i] = a * x[i];
        for (int r = 0; r + 1 < 3; r++)
        {
            for (int i = 0; i < 9; i++)
            {
                b[(r + 1) * 10 + i] += a * b[r * 10 + i];
                b[r * 10 + i + 1] += 0.3 * b[r * 10 + i];
            }
        }

        return WeightedSquares(b);
    }

    //? matrix products with rows of one and of several vectors' length
    //? a = [1, 2, 3], b = [0.5, -1, 2], m = 1, k = 3, n = 1
    //? a = [1, 2, 3, 4, 5, 6], b = [0.5, -1, 2, 0.25, 1, 3], m = 2, k = 3, n = 2
    //? a = [1, 2], b = [0.5, -1, 2, 0.25, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], m = 1, k = 2, n = 9
    [Differentiable]
    public static double MatrixProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n)
    {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int p = 0; p < k; p++)
            {
                for (int j = 0; j < n; j++) c[i * n + j] += a[i * k + p] * b[p * n + j];
            }
        }

        return WeightedSquares(c);
    }

    //? rows left early, by `continue`, `break` and `return`
    //? x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 2.2], a = 0.7
    //? x = [0.5, 0.1, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 2.2], a = 3.7
    [Differentiable]
    public static double LeftEarly(ReadOnlySpan<double> x, double a)
    {
        double[] b = new double[x.Length];
        for (int r = 0; r < x.Length; r++)
        {
            if (x[r] < 0) continue;
            for (int i = 0; i < x.Length; i++) b[i] += x[r] * x[i];
            if (x[r] > 2) break;
            if (b[0] * a > 3) return b[1] * b[2] + a;
            for (int i = 0; i < b.Length; i++) b[i] += a * x[i];
        }

        return WeightedSquares(b);
    }

    //? rows scaled, added to and subtracted from an in-out buffer
    //? y = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 2.2], x = [1, 2, 3, 4, 5, 6, 7, 8, 9], a = 0.3
    [Differentiable]
    public static void InOutRows(Span<double> y, ReadOnlySpan<double> x, double a)
    {
        for (int i = 0; i < y.Length; i++) y[i] += a * x[i];
        for (int i = 0; i < y.Length; i++) y[i] = y[i] * a;
        for (int i = 0; i < y.Length; i++) y[i] -= -(x[i] * a);
    }

    //? generic rows
    //? T = double, x = [0.5, 1.5, -0.3, 0.8, 0.2, 0.1, 0.7, -0.9, 2.2], a = 0.7
    //? T = float, x = [0.5f, 1.5f, -0.3f, 0.8f, 0.2f, 0.1f, 0.7f, -0.9f, 0.3f], a = 0.7f
    [Differentiable]
    public static T GenericRows<T>(ReadOnlySpan<T> x, T a)
        where T : IFloatingPointIeee754<T>
    {
        T[] b = new T[x.Length];
        for (int r = 0; r < x.Length; r++)
        {
            for (int i = 0; i < x.Length; i++) b[i] += a * x[r] * x[i];
        }

        T sum = T.Zero;
        for (int i = 0; i < b.Length; i++) sum += b[i] * b[i] * x[i];
        return sum;
    }

    private static double WeightedSquares(ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < b.Length; i++) sum += (i + 1) * b[i] * b[i];
        return sum;
    }
}
