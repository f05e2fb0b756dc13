using System.Numerics.Tensors;
using SoftDiff;

namespace Digits;

/// <summary>A linear model: one row of weights per digit, then one bias per digit.</summary>
public static partial class SoftmaxRegression
{
    private const int Pixels = 64;
    private const int Classes = 10;

    /// <summary>How many weights the model has.</summary>
    public const int Parameters = Classes * Pixels + Classes;

    /// <summary>Mean cross-entropy of the labels. <c>LossGrad</c>, its gradient, is generated.</summary>
    [Differentiable(Wrt = ["weights"])]
    public static double Loss(ReadOnlySpan<double> weights, ReadOnlySpan<double> pixels, ReadOnlySpan<int> labels)
    {
        Span<double> logits = stackalloc double[Classes];
        double total = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            Logits(weights, pixels.Slice(i * Pixels, Pixels), logits);
            total += Soft.SoftmaxCrossEntropy(logits, labels[i]);
        }

        return total / labels.Length;
    }

    /// <summary>The most likely digit of one image.</summary>
    public static int Classify(ReadOnlySpan<double> weights, ReadOnlySpan<double> image)
    {
        Span<double> logits = stackalloc double[Classes];
        Logits(weights, image, logits);
        return TensorPrimitives.IndexOfMax<double>(logits);
    }

    private static void Logits(ReadOnlySpan<double> weights, ReadOnlySpan<double> image, Span<double> logits)
    {
        for (int c = 0; c < Classes; c++)
        {
            double z = weights[Classes * Pixels + c];
            for (int p = 0; p < Pixels; p++) z += weights[c * Pixels + p] * image[p];
            logits[c] = z;
        }
    }
}
