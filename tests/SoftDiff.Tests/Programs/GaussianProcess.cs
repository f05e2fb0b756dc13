namespace SoftDiff.Tests.Programs;

/// <summary>The log marginal likelihood of a Gaussian process with one length scale per input, by Cholesky's factorisation.</summary>
public static partial class GaussianProcess
{
    [Differentiable(Wrt = ["scales", "amplitude", "noise", "inputs"])]
    public static double LogLikelihood(double[] scales, double amplitude, double noise, double[,] inputs, double[] targets)
    {
        int n = inputs.GetLength(0);
        double[,] k = Kernel(scales, amplitude, inputs);
        for (int i = 0; i < n; i++)
        {
            k[i, i] += noise * noise;
        }

        double[,] l = Cholesky(k);
        double[] z = SolveLower(l, targets);
        double logLikelihood = -0.5 * n * Math.Log(2 * Math.PI);
        for (int i = 0; i < n; i++)
        {
            logLikelihood -= Math.Log(l[i, i]) + (0.5 * z[i] * z[i]);
        }

        return logLikelihood;
    }

    private static double[,] Kernel(double[] scales, double amplitude, double[,] x)
    {
        int n = x.GetLength(0);
        var k = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double distance = 0;
                for (int d = 0; d < scales.Length; d++)
                {
                    double difference = (x[i, d] - x[j, d]) / scales[d];
                    distance += difference * difference;
                }

                k[i, j] = k[j, i] = amplitude * amplitude * Math.Exp(-0.5 * distance);
            }
        }

        return k;
    }

    private static double[,] Cholesky(double[,] a)
    {
        int n = a.GetLength(0);
        var l = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                if (i != j)
                {
                    l[i, j] = sum / l[j, j];
                    continue;
                }

                if (sum <= 0)
                {
                    throw new InvalidOperationException($"The matrix is not positive definite: pivot {i} is {sum}.");
                }

                l[i, i] = Math.Sqrt(sum);
            }
        }

        return l;
    }

    private static double[] SolveLower(double[,] l, double[] b)
    {
        var z = new double[b.Length];
        for (int i = 0; i < b.Length; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++)
            {
                sum -= l[i, k] * z[k];
            }

            z[i] = sum / l[i, i];
        }

        return z;
    }
}
