namespace SoftDiff.Tests.Programs.Learning.Conv;

public static partial class ConvNet
{
    private static double[,,] Convolve(double[,,] image, double[,,] kernels, double[] bias)
    {
        int height = image.GetLength(0), width = image.GetLength(1);
        int filters = kernels.GetLength(0), k = kernels.GetLength(1);
        var output = new double[filters, height - k + 1, width - k + 1];
        for (int f = 0; f < filters; f++)
        {
            for (int y = 0; y < output.GetLength(1); y++)
            {
                for (int x = 0; x < output.GetLength(2); x++)
                {
                    double sum = bias[f];
                    for (int dy = 0; dy < k; dy++)
                        for (int dx = 0; dx < k; dx++)
                            sum += kernels[f, dy, dx] * image[y + dy, x + dx, 0];
                    output[f, y, x] = Relu(sum);
                }
            }
        }

        return output;
    }

    private static double Relu(double x) => x > 0 ? x : 0;

    private static double[] MaxPool(double[,,] x, int size)
    {
        var (channels, height, width) = (x.GetLength(0), x.GetLength(1) / size, x.GetLength(2) / size);
        var pooled = new double[channels * height * width];
        int index = 0;
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < height; i++)
            {
                for (int j = 0; j < width; j++)
                {
                    double best = double.NegativeInfinity;
                    for (int a = 0; a < size; a++)
                        for (int b = 0; b < size; b++)
                            best = Math.Max(best, x[c, i * size + a, j * size + b]);
                    pooled[index++] = best;
                }
            }
        }

        return pooled;
    }

    private static double[] Softmax(double[] logits)
    {
        double max = logits.Max();
        double[] e = logits.Select(l => Math.Exp(l - max)).ToArray();
        double sum = e.Sum();
        return e.Select(v => v / sum).ToArray();
    }

    [Differentiable(Wrt = ["kernels", "bias", "dense"])]
    public static double CrossEntropy(double[,,] kernels, double[] bias, double[,] dense, double[,,] image, int label)
    {
        double[] features = MaxPool(Convolve(image, kernels, bias), 2);
        var logits = new double[dense.GetLength(0)];
        for (int i = 0; i < logits.Length; i++)
            for (int j = 0; j < features.Length; j++)
                logits[i] += dense[i, j] * features[j];
        return -Math.Log(Softmax(logits)[label]);
    }
}
