namespace SoftDiff.Tests.Programs;

/// <summary>
/// The negative log-likelihood of range measurements of a moving target, by an extended Kalman filter. Written as one writes it without SoftDiff.
/// </summary>
public static partial class ExtendedKalmanFilter
{
    [Differentiable]
    public static double NegativeLogLikelihood(double[] x0, double[,] p0, double[,] q, double r, double dt, [NonDifferentiable] double[] ranges)
    {
        var f = Transition(dt);
        var x = (double[])x0.Clone();
        var p = (double[,])p0.Clone();
        double total = 0;
        foreach (double z in ranges)
        {
            // Predict.
            x = Multiply(f, x);
            p = Add(Multiply(Multiply(f, p), Transpose(f)), q);

            // Update by the range to the origin.
            double range = Math.Sqrt((x[0] * x[0]) + (x[1] * x[1]));
            var h = new double[1, 4] { { x[0] / range, x[1] / range, 0, 0 } };
            double innovation = z - range;
            double s = Multiply(Multiply(h, p), Transpose(h))[0, 0] + r;
            var gain = Multiply(p, Transpose(h));
            for (int i = 0; i < gain.GetLength(0); i++)
            {
                gain[i, 0] /= s;
                x[i] += gain[i, 0] * innovation;
            }

            p = Subtract(p, Multiply(Multiply(gain, h), p));
            total += 0.5 * (Math.Log(2 * Math.PI * s) + (innovation * innovation / s));
        }

        return total;
    }

    private static double[,] Transition(double dt)
    {
        var f = new double[4, 4];
        for (int i = 0; i < 4; i++)
        {
            f[i, i] = 1;
        }

        f[0, 2] = f[1, 3] = dt;
        return f;
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        int rows = a.GetLength(0), inner = a.GetLength(1), columns = b.GetLength(1);
        if (b.GetLength(0) != inner)
        {
            throw new ArgumentException($"A matrix of {inner} columns cannot multiply one of {b.GetLength(0)} rows.");
        }

        var c = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                for (int k = 0; k < inner; k++)
                {
                    c[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return c;
    }

    private static double[] Multiply(double[,] a, double[] x)
    {
        var y = new double[a.GetLength(0)];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                y[i] += a[i, j] * x[j];
            }
        }

        return y;
    }

    private static double[,] Transpose(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                t[j, i] = a[i, j];
            }
        }

        return t;
    }

    private static double[,] Add(double[,] a, double[,] b) => Combine(a, b, 1);

    private static double[,] Subtract(double[,] a, double[,] b) => Combine(a, b, -1);

    private static double[,] Combine(double[,] a, double[,] b, double factor)
    {
        var c = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                c[i, j] = a[i, j] + (factor * b[i, j]);
            }
        }

        return c;
    }
}
