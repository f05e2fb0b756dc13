namespace SoftDiff.Tests.Programs.Robotics.Ukf;

public static partial class UnscentedFilter
{
    private const double Alpha = 0.5, Beta = 2, Kappa = 0;

    private static double[,] Cholesky(double[,] a)
    {
        int n = a.GetLength(0);
        var l = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                if (i == j)
                {
                    if (sum <= 0) throw new InvalidOperationException("The covariance is not positive definite.");
                    l[i, i] = Math.Sqrt(sum);
                }
                else
                {
                    l[i, j] = sum / l[j, j];
                }
            }
        }

        return l;
    }

    private static double[][] SigmaPoints(double[] mean, double[,] covariance, double lambda)
    {
        int n = mean.Length;
        double[,] root = Cholesky(covariance);
        double scale = Math.Sqrt(n + lambda);
        var points = new double[2 * n + 1][];
        points[0] = (double[])mean.Clone();
        for (int i = 0; i < n; i++)
        {
            points[1 + i] = new double[n];
            points[1 + n + i] = new double[n];
            for (int j = 0; j < n; j++)
            {
                points[1 + i][j] = mean[j] + scale * root[j, i];
                points[1 + n + i][j] = mean[j] - scale * root[j, i];
            }
        }

        return points;
    }

    private static double[] Move(double[] x, double dt) => [x[0] + dt * x[1], x[1] - dt * Math.Sin(x[0])];

    private static double Observe(double[] x) => Math.Sin(x[0]);

    [Differentiable(Wrt = ["processNoise", "measurementNoise"])]
    public static double NegativeLogLikelihood(double processNoise, double measurementNoise, double[] observations, double dt)
    {
        const int n = 2;
        double lambda = Alpha * Alpha * (n + Kappa) - n;
        double[] mean = { 0.3, 0 };
        double[,] covariance = { { 0.1, 0 }, { 0, 0.1 } };
        double w0 = lambda / (n + lambda), wc0 = w0 + 1 - Alpha * Alpha + Beta, w = 0.5 / (n + lambda);
        double nll = 0;

        foreach (double z in observations)
        {
            double[][] points = SigmaPoints(mean, covariance, lambda).Select(p => Move(p, dt)).ToArray();
            double[] predicted = new double[n];
            for (int k = 0; k < points.Length; k++)
                for (int i = 0; i < n; i++) predicted[i] += (k == 0 ? w0 : w) * points[k][i];

            var p1 = new double[n, n];
            double[] observed = points.Select(Observe).ToArray();
            double zMean = 0;
            for (int k = 0; k < observed.Length; k++) zMean += (k == 0 ? w0 : w) * observed[k];
            double s = measurementNoise;
            var cross = new double[n];
            for (int k = 0; k < points.Length; k++)
            {
                double weight = k == 0 ? wc0 : w;
                s += weight * (observed[k] - zMean) * (observed[k] - zMean);
                for (int i = 0; i < n; i++)
                {
                    cross[i] += weight * (points[k][i] - predicted[i]) * (observed[k] - zMean);
                    for (int j = 0; j < n; j++)
                        p1[i, j] += weight * (points[k][i] - predicted[i]) * (points[k][j] - predicted[j]);
                }
            }

            for (int i = 0; i < n; i++) p1[i, i] += processNoise;
            double innovation = z - zMean;
            for (int i = 0; i < n; i++)
            {
                mean[i] = predicted[i] + cross[i] / s * innovation;
                for (int j = 0; j < n; j++) covariance[i, j] = p1[i, j] - cross[i] * cross[j] / s;
            }

            nll += 0.5 * (Math.Log(2 * Math.PI * s) + innovation * innovation / s);
        }

        return nll;
    }
}
