namespace SoftDiff.Tests;

/// <summary>The methods that the tests of this project differentiate: those of the documentation, and one per shape of storage.</summary>
public static partial class Examples
{
    [Differentiable]
    public static double Rosenbrock(double x, double y)
        => ((1 - x) * (1 - x)) + (100 * (y - (x * x)) * (y - (x * x)));

    [Differentiable(Wrt = ["w"])]
    public static double LogisticLoss(ReadOnlySpan<double> w, ReadOnlySpan<double> features, ReadOnlySpan<double> labels)
    {
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double margin = 0;
            for (int j = 0; j < w.Length; j++)
            {
                margin += w[j] * features[(i * w.Length) + j];
            }

            total += Math.Log(1 + Math.Exp(-labels[i] * margin));
        }

        return total / labels.Length;
    }

    /// <summary>f'(x) = 3x² + 4x − 3, so f'(1) = 4.</summary>
    [Differentiable]
    public static double Cubic(double x) => (x * x * x) + (2 * x * x) - (3 * x) + 1;

    [Differentiable]
    public static void Residuals(ReadOnlySpan<double> theta, ReadOnlySpan<double> t, Span<double> residuals)
    {
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = (theta[0] * Math.Exp(-theta[1] * t[i])) - 1;
        }
    }

    [Differentiable]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>Every value of s is read again by the reverse sweep.</summary>
    [Differentiable]
    public static double Carried(double x, int steps)
    {
        double s = x;
        for (int t = 0; t < steps; t++)
        {
            s = Math.Sin(s) * x;
        }

        return s;
    }

    /// <summary>The number of trips is known only afterwards.</summary>
    [Differentiable]
    public static double Halved(double x)
    {
        double s = x;
        while (s > 1)
        {
            s = (s * s / (s + 1)) - 0.25;
        }

        return s * x;
    }

    /// <summary>A scratch array, overwritten again and again.</summary>
    [Differentiable]
    public static double Smoothed(ReadOnlySpan<double> x, int sweeps)
    {
        double[] u = new double[x.Length];
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            for (int i = 1; i < u.Length; i++)
            {
                u[i] = Math.Tanh(u[i - 1] + (u[i] * x[i]));
            }

            u[0] = x[0];
        }

        double sum = 0;
        for (int i = 0; i < u.Length; i++)
        {
            sum += u[i] * u[i];
        }

        return Math.Sqrt(sum);
    }

    [Differentiable]
    public static double Tree(ReadOnlySpan<double> x)
    {
        if (x.Length == 1)
        {
            return x[0] * x[0];
        }

        double left = Tree(x[..(x.Length / 2)]);
        double right = Tree(x[(x.Length / 2)..]);
        return left + right + (left * right);
    }
}
