namespace SoftDiff.Tests.Programs;

/// <summary>Robertson's kinetics by implicit Euler steps; helpers return the rates, the matrix and the solution.</summary>
public static partial class ImplicitKinetics
{
    /// <summary>The concentrations after some steps.</summary>
    [Differentiable]
    public static double[] Concentrations(double[] k, double[] start, double step, int steps)
    {
        double[] y = (double[])start.Clone();
        for (int s = 0; s < steps; s++)
        {
            double[] next = (double[])y.Clone();
            for (int newton = 0; newton < 4; newton++)
            {
                double[] rates = Rates(next, k);
                var residual = new double[3];
                for (int i = 0; i < 3; i++) residual[i] = y[i] + step * rates[i] - next[i];
                double[] change = Solve(Matrix(next, k, step), residual);
                for (int i = 0; i < 3; i++) next[i] += change[i];
            }

            y = next;
        }

        return y;
    }

    private static double[] Rates(double[] y, double[] k)
    {
        double first = k[0] * y[0], second = k[1] * y[1] * y[1], third = k[2] * y[1] * y[2];
        return [third - first, first - second - third, second];
    }

    private static double[,] Matrix(double[] y, double[] k, double step)
    {
        var m = new double[3, 3];
        m[0, 0] = -k[0];
        m[0, 1] = k[2] * y[2];
        m[0, 2] = k[2] * y[1];
        m[1, 0] = k[0];
        m[1, 1] = -2 * k[1] * y[1] - k[2] * y[2];
        m[1, 2] = -k[2] * y[1];
        m[2, 1] = 2 * k[1] * y[1];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) m[i, j] = (i == j ? 1 : 0) - step * m[i, j];
        return m;
    }

    private static double[] Solve(double[,] m, double[] right)
    {
        int n = right.Length;
        var a = (double[,])m.Clone();
        var x = (double[])right.Clone();
        for (int p = 0; p < n; p++)
        {
            for (int i = p + 1; i < n; i++)
            {
                double factor = a[i, p] / a[p, p];
                for (int j = p; j < n; j++) a[i, j] -= factor * a[p, j];
                x[i] -= factor * x[p];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++) x[i] -= a[i, j] * x[j];
            x[i] /= a[i, i];
        }

        return x;
    }
}
