using System;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ChangingLengths
{
    //? layers of different widths, `h = next`
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1], [0.2, -0.6]]
    //? x = [0.5, -1.2], w = []
    //? x = [], w = [[0.3, 0.7], [1.1, 0.4]]
    //? x = [0.5, -1.2], w = [[0.3, 0.7], []]
    [Differentiable]
    public static double Layers(double[] x, double[][] w)
    {
        double[] h = x;
        for (int l = 0; l < w.Length; l++)
        {
            var next = new double[w[l].Length];
            for (int i = 0; i < next.Length; i++)
            {
                double s = w[l][i];
                for (int j = 0; j < h.Length; j++) s += h[j] * h[j] * (i + j + 1);
                next[i] = Math.Tanh(s) * w[l][i];
            }

            h = next;
        }

        double sum = 0;
        foreach (var v in h) sum += v;
        return sum;
    }

    //? layers that a helper computes
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1], [0.2, -0.6]], result = [0, 0]
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4]], result = [0, 0, 0]
    //? x = [0.5, -1.2], w = [], result = [0, 0]
    [Differentiable]
    public static double[] LayersOfHelper(double[] x, double[][] w)
    {
        var h = x.ToArray();
        foreach (var row in w) h = Layer(h, row);
        return h;
    }

    private static double[] Layer(double[] h, double[] w)
    {
        var y = new double[w.Length];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < h.Length; j++) y[i] += Math.Sin(w[i] * h[j] + j);
        }

        return y;
    }

    //? a binomial tree that shrinks in a `while`
    //? s = 1.1, u = 1.2, n = 4
    //? s = 1.1, u = 1.2, n = 0
    [Differentiable]
    public static double Tree(double s, double u, int n)
    {
        var values = new double[n + 1];
        for (int i = 0; i <= n; i++) values[i] = Math.Exp(s * Math.Pow(u, 2 * i - n) - 1);
        while (values.Length > 1)
        {
            var next = new double[values.Length - 1];
            for (int i = 0; i < next.Length; i++) next[i] = 0.5 * (values[i] * u + values[i + 1]) * values[i];
            values = next;
        }

        return values[0];
    }

    //? arrays halved or shortened, in branches of a `while`
    //? x = [0.5, -1.2, 0.3, 2, 0.7, 1.1, -0.4], stop = 1
    //? x = [0.5, -1.2, 0.3, 2], stop = 2
    //? x = [0.5, -1.2], stop = 5
    [Differentiable]
    public static double Halved(double[] x, int stop)
    {
        double[] h = x;
        while (h.Length > stop)
        {
            if (h.Length % 2 == 0)
            {
                var half = new double[h.Length / 2];
                for (int i = 0; i < half.Length; i++) half[i] = h[2 * i] * h[2 * i + 1];
                h = half;
            }
            else
            {
                var rest = new double[h.Length - 1];
                for (int i = 0; i < rest.Length; i++) rest[i] = h[i] + Math.Sin(h[^1]);
                h = rest;
            }
        }

        return h.Sum();
    }

    //? layers in epochs, left early
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1, 0.6], [0.2]], end = 2
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1, 0.6], [0.2]], end = 0
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1, 0.6], [0.2]], end = 9
    [Differentiable]
    public static double Epochs(double[] x, double[][] w, int end)
    {
        double sum = 0;
        double[] h = x;
        for (int epoch = 0; epoch < 3; epoch++)
        {
            for (int l = 0; l < w.Length; l++)
            {
                if (l == end && epoch == 1) break;
                h = Layer(h, w[l]);
            }

            sum += h.Sum() * (epoch + 1);
        }

        return sum;
    }

    //? two arrays that advance together
    //? x = [0.5, -1.2], n = 4
    //? x = [0.5, -1.2], n = 0
    //? x = [0.5, -1.2], n = 1
    [Differentiable]
    public static double Advance(double[] x, int n)
    {
        double[] a = x, b = x;
        for (int i = 0; i < n; i++)
        {
            var c = new double[i + 1];
            for (int j = 0; j < c.Length; j++) c[j] = a[j % a.Length] * b[(j + 1) % b.Length] + j;
            a = b;
            b = c;
        }

        return a.Sum() + 2 * b.Sum();
    }

    //? an array written in place between the layers and after them
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4], [1.1, 0.6]]
    //? x = [0.5, -1.2], w = [[0.3, 0.7, -0.4]]
    [Differentiable]
    public static double WrittenInPlace(ReadOnlySpan<double> x, double[][] w)
    {
        var h = x.ToArray();
        for (int l = 0; l < w.Length; l++)
        {
            h = Layer(h, w[l]);
            for (int i = 0; i < h.Length; i++) h[i] = h[i] > 0.2 ? h[i] * h[i] : 0.1 * h[i];
        }

        double sum = 0;
        for (int i = 0; i < h.Length; i++) sum += Math.Exp(h[i]);
        for (int i = 0; i < h.Length; i++) h[i] = Math.Exp(h[i]) / sum;
        return h[0] * h[^1];
    }

    //? an array that is doubled when it is full
    //? x = 1.1
    [Differentiable]
    public static double Doubled(double x)
    {
        double[] list = [x];
        for (int i = 0; i < 4; i++)
        {
            if (i == list.Length) list = [.. list, .. list];
            list[i] *= x;
        }

        return list[3];
    }

    //? an array of another length in every iteration of a loop inside
    //? x = 1.1
    [Differentiable]
    public static double Inside(double x)
    {
        double[] a = [x];
        for (int i = 0; i < 2; i++)
        {
            for (int j = i; j < 3; j++)
            {
                a = new double[j + 1];
                a[0] = x * x * j;
            }
        }

        return a[0];
    }

    //? a matrix that grows by a row and a column
    //? x = 0.7, n = 4
    //? x = 0.7, n = 1
    [Differentiable]
    public static double Growing(double x, int n)
    {
        var m = new double[1, 1];
        m[0, 0] = x;
        for (int k = 2; k <= n; k++)
        {
            var next = new double[k, k];
            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j < k; j++) next[i, j] = i < k - 1 && j < k - 1 ? m[i, j] * x : i + j * x;
            }

            m = next;
        }

        double trace = 0;
        for (int i = 0; i < m.GetLength(0); i++) trace += m[i, i] * m[i, 0];
        return trace;
    }

    //? an array assigned in every iteration before it is read
    //? x = [0.5, -1.2, 0.3]
    [Differentiable]
    public static double AssignedFirst(double[] x)
    {
        double sum = 0;
        double[] h;
        for (int i = 0; i < x.Length; i++)
        {
            int count = 1;
            foreach (var v in x) if (v * sum > 0.1) count++;
            h = new double[count];
            h[count - 1] = x[i] * x[i];
            sum += h[count - 1] * (i + 1);
        }

        return sum;
    }

    //? lengths from a table of integers, and a loop that is left when they repeat
    //? x = [0.5, -1.2], sizes = [3, 1, 4, 4, 2]
    //? x = [0.5, -1.2], sizes = []
    [Differentiable]
    public static double FromTable(double[] x, int[] sizes)
    {
        var h = x;
        foreach (int size in sizes)
        {
            if (size == h.Length && size > 2) break;
            var next = new double[size];
            for (int i = 0; i < size; i++) next[i] = h[i % h.Length] * Math.Cos(i * h[0]);
            h = next;
        }

        return h.Sum() + h[0] * h[0];
    }

    //? an array of the last step beside that of this step, given back early
    //? x = 0.6, n = 4, limit = 9, result = [0, 0, 0, 0]
    //? x = 0.6, n = 4, limit = 2, result = [0, 0]
    //? x = 0.6, n = 4, limit = 0, result = [0]
    [Differentiable]
    public static double[] ReturnedEarly(double x, int n, int limit)
    {
        double[] row = [x];
        for (int k = 1; k < n; k++)
        {
            if (k >= limit) return row;
            double[] next = new double[k + 1];
            for (int i = 0; i <= k; i++) next[i] = (i < k ? row[i] : 1) * x + (i > 0 ? row[i - 1] : 0);
            row = next;
        }

        return row;
    }
}
