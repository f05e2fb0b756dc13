namespace SoftDiff.Tests;

/// <summary>
/// Inner loops that become vector calls give what the loops give, to the last bit: product and sum rounded one after the other, whatever the length.
/// </summary>
public sealed partial class RowProductTests
{
    [Differentiable]
    internal static double Layer(ReadOnlySpan<double> w, ReadOnlySpan<double> x)
    {
        double total = 0;
        for (int r = 0; r < w.Length / x.Length; r++)
        {
            double z = 0;
            for (int j = 0; j < x.Length; j++) z += w[r * x.Length + j] * x[j];
            total += Math.Tanh(z);
        }

        return total;
    }

    [Differentiable]
    internal static float Layer(ReadOnlySpan<float> w, ReadOnlySpan<float> x)
    {
        float total = 0;
        for (int r = 0; r < w.Length / x.Length; r++)
        {
            float z = 0;
            for (int j = 0; j < x.Length; j++) z -= w[r * x.Length + j] * x[j];
            total += MathF.Tanh(z);
        }

        return total;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(100)]
    public void Doubles(int width)
    {
        var random = new Random(width);
        double[] x = [.. Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5)];
        double[] w = [.. Enumerable.Range(0, 5 * width).Select(_ => (random.NextDouble() - 0.5) / Math.Sqrt(width))];
        double[] dW = new double[w.Length], dX = new double[width], expectedW = new double[w.Length], expectedX = new double[width];
        for (int r = 0; r < 5; r++)
        {
            double z = 0;
            for (int j = 0; j < width; j++) z += w[r * width + j] * x[j];
            double value = Math.Tanh(z), slope = (1 - value) * (1 + value);
            for (int j = 0; j < width; j++)
            {
                expectedX[j] += slope * w[r * width + j];
                expectedW[r * width + j] = slope * x[j];
            }
        }

        LayerGrad(w, x, dW, dX);
        Assert.Equal(expectedW, dW);
        Assert.Equal(expectedX, dX);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(67)]
    public void Floats(int width)
    {
        var random = new Random(width);
        float[] x = [.. Enumerable.Range(0, width).Select(_ => random.NextSingle() - 0.5f)];
        float[] w = [.. Enumerable.Range(0, 5 * width).Select(_ => (random.NextSingle() - 0.5f) / MathF.Sqrt(width))];
        float[] dW = new float[w.Length], dX = new float[width], expectedW = new float[w.Length], expectedX = new float[width];
        for (int r = 0; r < 5; r++)
        {
            float z = 0;
            for (int j = 0; j < width; j++) z -= w[r * width + j] * x[j];
            float value = MathF.Tanh(z), slope = (1 - value) * (1 + value);
            for (int j = 0; j < width; j++)
            {
                expectedX[j] -= slope * w[r * width + j];
                expectedW[r * width + j] = -(slope * x[j]);
            }
        }

        LayerGrad(w, x, dW, dX);
        Assert.Equal(expectedW, dW);
        Assert.Equal(expectedX, dX);
    }
}
