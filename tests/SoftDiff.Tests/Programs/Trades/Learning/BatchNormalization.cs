namespace SoftDiff.Tests.Programs.Learning.Norm;

public record BatchNormLayer(double Epsilon = 1e-5, double Momentum = 0.9);

public static partial class Normalization
{
    private static (double Mean, double Variance) Moments(IEnumerable<double> values)
    {
        double mean = values.Average();
        double variance = values.Select(v => (v - mean) * (v - mean)).Average();
        return (mean, variance);
    }

    private static double[][] Forward(BatchNormLayer layer, double[][] batch, double[] gamma, double[] beta)
    {
        int features = gamma.Length;
        var output = batch.Select(row => new double[features]).ToArray();
        for (int j = 0; j < features; j++)
        {
            var (mean, variance) = Moments(batch.Select(row => row[j]));
            double scale = gamma[j] / Math.Sqrt(variance + layer.Epsilon);
            for (int i = 0; i < batch.Length; i++)
                output[i][j] = scale * (batch[i][j] - mean) + beta[j];
        }

        return output;
    }

    [Differentiable(Wrt = ["batch", "gamma", "beta"])]
    public static double Loss(double[][] batch, double[] gamma, double[] beta, double[][] targets, BatchNormLayer layer)
    {
        if (batch.Any(row => row.Length != gamma.Length)) throw new ArgumentException("ragged batch", nameof(batch));
        double[][] y = Forward(layer, batch, gamma, beta);
        return y.Select((row, i) => row.Zip(targets[i], (a, b) => (a - b) * (a - b)).Sum()).Average();
    }
}
