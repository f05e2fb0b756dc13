using System.Numerics.Tensors;
using SoftDiff;

namespace Digits;

/// <summary>A network with one hidden layer of tanh units. The weights lie in one span: each layer's matrix by rows, then its biases.</summary>
public static partial class Network
{
    private const int Pixels = 64;
    private const int Hidden = 32;
    private const int Classes = 10;

    private const int HiddenBias = Hidden * Pixels;
    private const int Output = HiddenBias + Hidden;
    private const int OutputBias = Output + Classes * Hidden;

    /// <summary>How many weights the network has.</summary>
    public const int Parameters = OutputBias + Classes;

    /// <summary>Mean cross-entropy of the labels. <c>LossGrad</c>, its gradient, is generated.</summary>
    [Differentiable(Wrt = ["weights"])]
    public static double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels)
    {
        Span<double> hidden = stackalloc double[Hidden];
        Span<double> logits = stackalloc double[Classes];
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            Logits(weights, pixels.Slice(i * Pixels, Pixels), hidden, logits);
            total += Soft.SoftmaxCrossEntropy(logits, labels[i]);
        }

        return total / labels.Length;
    }

    /// <summary>The most likely digit of one image.</summary>
    public static int Classify(ReadOnlySpan<double> weights, ReadOnlySpan<double> image)
    {
        Span<double> hidden = stackalloc double[Hidden];
        Span<double> logits = stackalloc double[Classes];
        Logits(weights, image, hidden, logits);
        return TensorPrimitives.IndexOfMax<double>(logits);
    }

    /// <summary>Weights to start from: uniform, scaled so that tanh neither saturates nor vanishes; biases zero.</summary>
    public static double[] Initial(int seed)
    {
        var random = new Random(seed);
        var weights = new double[Parameters];
        for (int i = 0; i < HiddenBias; i++) weights[i] = (2 * random.NextDouble() - 1) / Math.Sqrt(Pixels);
        for (int i = Output; i < OutputBias; i++) weights[i] = (2 * random.NextDouble() - 1) / Math.Sqrt(Hidden);
        return weights;
    }

    private static void Logits(ReadOnlySpan<double> weights, ReadOnlySpan<double> image, Span<double> hidden, Span<double> logits)
    {
        for (int h = 0; h < Hidden; h++)
        {
            double z = weights[HiddenBias + h];
            for (int p = 0; p < Pixels; p++) z += weights[h * Pixels + p] * image[p];
            hidden[h] = Math.Tanh(z);
        }

        for (int c = 0; c < Classes; c++)
        {
            double z = weights[OutputBias + c];
            for (int h = 0; h < Hidden; h++) z += weights[Output + c * Hidden + h] * hidden[h];
            logits[c] = z;
        }
    }
}
