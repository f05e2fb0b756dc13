using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class JaggedArrays
{
    //? `double[][]` parameters, `a.Length`, `a[i].Length`, elements `a[i][j]`
    //? a = [[0.5, -1.5, 2], [1], [], [0.3, -0.7]], x = [1, 2, 0.5]
    //? a = [[0.5, -1.5, 2], [1]], x = [1] -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Product(double[][] a, double[] x)
    {
        double s = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double row = 0;
            for (int j = 0; j < a[i].Length; j++) row += a[i][j] * x[j];
            s += row * row;
        }

        return s;
    }

    //? rows in variables, and `foreach` over rows
    //? a = [[0.5, -1.5, 2], [1, 0.25]]
    [Differentiable]
    public static double Each(double[][] a)
    {
        double s = 1;
        foreach (double[] row in a)
        {
            double sum = 0;
            foreach (double v in row) sum += v * v;
            s *= 1 + sum;
        }

        double[] last = a[^1];
        return s + last[0] * last[^1];
    }

    //? rows passed to helpers as arrays and spans
    //? a = [[0.5, -1.5, 2], [1, 0.25, 3]], b = [[1, 2], [3, 4], [5, 6]]
    [Differentiable]
    public static double Helpers(double[][] a, float[][] b)
    {
        double s = Dot(a[0], a[1]);
        for (int i = 1; i < b.Length; i++) s += Total(b[i]) * Dot(a[0].AsSpan(1), a[1].AsSpan(1));
        return s;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double s = 0;
        for (int i = 0; i < x.Length; i++) s += x[i] * y[i];
        return s;
    }

    private static float Total(float[] x)
    {
        float s = 0;
        foreach (float v in x) s += v * v;
        return s;
    }

    //? arrays of arrays passed to helpers, also recursive ones
    //? a = [[4, 1, 0.5], [1, 3], [0.5]]
    [Differentiable]
    public static double Passed(double[][] a) => Trace(a) * Down(a, a.Length - 1);

    private static double Trace(double[][] m)
    {
        double s = 0;
        for (int i = 0; i < m.Length; i++) s += m[i][m[i].Length - 1];
        return s;
    }

    private static double Down(double[][] m, int i) => i < 0 ? 1 : m[i][0] * Down(m, i - 1) + m[i].Length;

    //? rows that are written
    //? writes: a
    //? a = [[4, 1, 0.5], [1, 3], [0.5]], x = 0.75
    [Differentiable]
    public static double Written(double[][] a, double x)
    {
        for (int i = 0; i < a.Length; i++)
        {
            double[] row = a[i];
            for (int j = 0; j < row.Length; j++) row[j] = row[j] * x + i;
            a[i][0] *= a[0][0];
        }

        return a[1][1] * x;
    }

    //? a constant array of arrays
    //? table = [[1, 2, 3], [4, 5]], x = 0.5, i = 1
    //? table = [[1, 2, 3], [4, 5]], x = 0.5, i = 2 -> throws IndexOutOfRangeException
    [Differentiable(Wrt = ["x"])]
    public static double Constant(double[][] table, double x, int i) => table[i][1] * x * x + table[0][i] * x;

    //? arrays of arrays of integers
    //? x = [0.5, 2, -1], neighbours = [[1, 2], [0], [0, 1]]
    [Differentiable]
    public static double Graph(double[] x, int[][] neighbours)
    {
        double s = 0;
        for (int i = 0; i < neighbours.Length; i++)
        {
            foreach (int j in neighbours[i]) s += (x[i] - x[j]) * (x[i] - x[j]) * (j + 1);
        }

        return s;
    }

    //? listed rows, in initializers and collection expressions
    //? x = 0.5, y = 2
    [Differentiable]
    public static double Listed(double x, double y)
    {
        double[][] a = { new[] { x, y }, new[] { x * y } };
        double[][] b = [[x, x + y, 1], [y]];
        var c = new double[][] { new double[2], [y, x] };
        c[0][1] = a[0][0] * b[0][1];
        return c[0][1] * a[1][0] + b[1][0] * c[1][1] + a.Length;
    }

    //? rows that are exchanged
    //? a = [[1, 2, 0.5], [4, 1, 0.3], [2, 5, 1]]
    //? a = [[3, 2, 0.5], [4, 7, 0.3], [2, 5, 9]]
    [Differentiable]
    public static double Exchanged(double[][] a)
    {
        double[][] order = (double[][])a.Clone();
        for (int k = 0; k + 1 < order.Length; k++)
        {
            int best = k;
            for (int i = k + 1; i < order.Length; i++)
            {
                if (order[i][k] > order[best][k]) best = i;
            }

            (order[k], order[best]) = (order[best], order[k]);
        }

        double s = 0;
        for (int i = 0; i < order.Length; i++) s += order[i][i] * order[i][0] * (i + 1) + a[i][i];
        return s;
    }

    //? ranges of rows
    //? a = [[1, 2], [4, 1, 0.3], [2]]
    [Differentiable]
    public static double Ranges(double[][] a)
    {
        double[][] tail = a[1..];
        return tail[0][2] * tail[1][0] * tail.Length + a[..2][1][0];
    }

    //? generic arrays of arrays
    //? a = [[0.5, -1.5], [2]], T = double
    //? a = [[0.5, -1.5], [2]], T = float
    [Differentiable]
    public static T Generic<T>(T[][] a) where T : System.Numerics.IFloatingPointIeee754<T>
    {
        T s = T.One;
        for (int i = 0; i < a.Length; i++) s *= a[i][0] + a[0][1] * a[i][^1];
        return s;
    }

    //? one of two arrays of arrays
    //? a = [[1, 2], [4]], b = [[3], [5, 6]], first = true
    //? a = [[1, 2], [4]], b = [[3], [5, 6]], first = false
    [Differentiable]
    public static double Either(double[][] a, double[][] b, bool first)
    {
        double[][] chosen = first ? a : b;
        return chosen[0][0] * chosen[1][0] + b[1][1];
    }

    //? a row in a branch
    //? a = [[1, 2], [4, 3]], i = 0
    //? a = [[1, 2], [4, 3]], i = 1
    [Differentiable]
    public static double Branch(double[][] a, int i)
    {
        double[] row = i == 0 ? a[0] : a[1];
        return row[0] * row[1] * row[1];
    }

    //? an array of arrays that is compared with null
    //? a = [[1, 2], [4, 3]], p = 2
    [Differentiable]
    public static double NotNull(double[][] a, double p) => a == null ? 0 : a[0][1] * p * a[1][0];

    //? rows made in a loop
    //? x = 0.5, n = 3, m = 2
    //? x = 0.5, n = 0, m = 2
    [Differentiable]
    public static double Made(double x, int n, int m)
    {
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++)
        {
            a[i] = new double[m];
            for (int j = 0; j < m; j++) a[i][j] = x * (i + 1) + j;
        }

        double s = 1;
        for (int i = 0; i < n; i++) s *= a[i][0] * a[n - 1 - i][m - 1];
        return s;
    }

    //? rows of different lengths: a binomial tree
    //? spot = 100, u = 1.1, d = 0.9, p = 0.55, n = 3
    //? spot = 100, u = 1.1, d = 0.9, p = 0.55, n = 0
    [Differentiable]
    public static double Tree(double spot, double u, double d, double p, int n)
    {
        double[][] values = new double[n + 1][];
        for (int t = 0; t <= n; t++) values[t] = new double[t + 1];
        for (int i = 0; i <= n; i++) values[n][i] = Math.Max(spot * Math.Pow(u, i) * Math.Pow(d, n - i) - 95, 0);
        for (int t = n - 1; t >= 0; t--)
        {
            for (int i = 0; i <= t; i++) values[t][i] = p * values[t + 1][i + 1] + (1 - p) * values[t + 1][i];
        }

        return values[0][0];
    }

    //? rows copied from a parameter, exchanged and changed: a decomposition with pivots
    //? a = [[1, 2, 0.5], [4, 1, 0.3], [2, 5, 1]], b = [1, 2, 3]
    [Differentiable]
    public static double Solved(double[][] a, double[] b)
    {
        int n = a.Length;
        double[][] lu = new double[n][];
        for (int i = 0; i < n; i++) lu[i] = (double[])a[i].Clone();
        double[] x = (double[])b.Clone();
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(lu[i][k]) > Math.Abs(lu[pivot][k])) pivot = i;
            }

            double[] held = lu[k];
            lu[k] = lu[pivot];
            lu[pivot] = held;
            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = lu[i][k] / lu[k][k];
                for (int j = k; j < n; j++) lu[i][j] -= factor * lu[k][j];
                x[i] -= factor * x[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) x[i] -= lu[i][j] * x[j];
            x[i] /= lu[i][i];
        }

        return x[0] * x[1] + x[n - 1];
    }

    //? activations kept by layer
    //? w0 = [[0.5, -1], [0.3, 0.2], [1, 0.1]], w1 = [[0.7, -0.2, 0.4]], x = [1, 2]
    [Differentiable]
    public static double Layers(double[][] w0, double[][] w1, double[] x)
    {
        double[][] h = new double[3][];
        h[0] = x[..];
        for (int l = 0; l < 2; l++) h[l + 1] = l == 0 ? Layer(w0, h[l]) : Layer(w1, h[l]);
        return h[2][0] + h[1][1] * h[0][1];
    }

    private static double[] Layer(double[][] w, double[] x)
    {
        double[] y = new double[w.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double s = 0;
            for (int j = 0; j < x.Length; j++) s += w[i][j] * x[j];
            y[i] = Math.Tanh(s);
        }

        return y;
    }

    //? a row that is filled before and after it is assigned
    //? x = [1, 2, -0.5]
    [Differentiable]
    public static double Named(double[] x)
    {
        double[][] powers = new double[4][];
        for (int k = 0; k < powers.Length; k += 2)
        {
            double[] row = new double[x.Length];
            for (int i = 0; i < row.Length; i++) row[i] = Math.Pow(x[i], k + 1);
            powers[k] = row;
            row[0] *= 3;
            if (k > 0) powers[k - 1] = new[] { row[0], x[1] };
        }

        return powers[2][0] * powers[0][1] + powers[1][0] * powers[1].Length;
    }

    //? rows under conditions, and helpers that make arrays of arrays
    //? x = [1, 2, -0.5], wide = true
    //? x = [1, 2, -0.5], wide = false
    [Differentiable]
    public static double Conditional(double[] x, bool wide)
    {
        double[][] a = Pairs(x, wide);
        double s = 0;
        foreach (double[] row in a) s += row[^1] * row.Length;
        return s;
    }

    private static double[][] Pairs(double[] x, bool wide)
    {
        double[][] pairs = new double[x.Length][];
        for (int i = 0; i < x.Length; i++)
        {
            if (wide)
            {
                pairs[i] = [x[i], x[i] * x[0], i];
            }
            else
            {
                pairs[i] = [x[i] * x[i]];
            }
        }

        return pairs;
    }

    //? a row that is null
    //? x = 0.5, n = 2 -> throws NullReferenceException
    [Differentiable]
    public static double Unset(double x, int n)
    {
        double[][] a = new double[n][];
        a[0] = new[] { x };
        return a[0][0] * a[1][0];
    }

    //? two rows, or one row twice, passed to a recursive helper that writes them
    //? writes: a
    //? a = [[0.5, 1.2], [-0.7, 0.4, 2], [0.3]], x = 0.6
    [Differentiable]
    public static double TwoRows(double[][] a, double x)
    {
        for (int i = 0; i < a.Length; i++) Mix(a[i], a[0], x, 0);
        double s = 0;
        foreach (double[] row in a) foreach (double v in row) s += v * v;
        return s;
    }

    private static void Mix(double[] y, ReadOnlySpan<double> z, double c, int at)
    {
        if (at >= y.Length || at >= z.Length) return;
        y[at] -= c * z[at] * y[at];
        Mix(y, z, c * 0.5, at + 1);
    }

    //? an array of arrays and one of its rows, passed to a recursive helper
    //? writes: a
    //? a = [[0.5, 1.2], [-0.7, 0.4, 2], [0.3]], x = 0.6
    [Differentiable]
    public static double WholeAndRow(double[][] a, double x)
    {
        Spread(a, a[1], x, 2);
        return a[0][0] * a[1][2] + a[2][0];
    }

    private static void Spread(double[][] a, double[] row, double c, int depth)
    {
        for (int i = 0; i < a.Length; i++) a[i][0] += c * row[0] * row[2];
        if (depth > 0) Spread(a, row, c * 0.5, depth - 1);
    }
}
