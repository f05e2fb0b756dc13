namespace SoftDiff.Benchmarks.Functions;

/// <summary>The declared derivatives of the network.</summary>
public static partial class Mlp
{
    [HessianVectorProduct(nameof(Loss))]
    public static partial double LossProduct(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2, ReadOnlySpan<double> input,
            int label,
        ReadOnlySpan<double> vW1, ReadOnlySpan<double> vB1, ReadOnlySpan<double> vW2, ReadOnlySpan<double> vB2,
        Span<double> hW1, Span<double> hB1, Span<double> hW2, Span<double> hB2);

    [Gradient(nameof(Loss))]
    public static partial double LossGradient(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2, ReadOnlySpan<double> input,
            int label,
        Span<double> dW1, Span<double> dB1, Span<double> dW2, Span<double> dB2);

    /// <summary>The gradient of every example.</summary>
    [Vmap(nameof(LossGradient))]
    public static partial void LossGradients(
        int batch,
        [Shared] ReadOnlySpan<double> w1, [Shared] ReadOnlySpan<double> b1, [Shared] ReadOnlySpan<double> w2,
            [Shared] ReadOnlySpan<double> b2,
        ReadOnlySpan<double> input, ReadOnlySpan<int> label,
        Span<double> dW1, Span<double> dB1, Span<double> dW2, Span<double> dB2, Span<double> values);

    /// <summary>The sum over the examples, whose gradient is the sum of theirs.</summary>
    [Differentiable(Wrt = ["w1", "b1", "w2", "b2"])]
    public static double TotalLoss(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2,
        ReadOnlySpan<double> inputs, ReadOnlySpan<int> labels)
    {
        double total = 0;
        for (int e = 0; e < labels.Length; e++) total += Loss(w1, b1, w2, b2, inputs.Slice(e * Inputs, Inputs), labels[e]);
        return total;
    }

    [HessianVectorProduct(nameof(TotalLoss))]
    public static partial double TotalLossProduct(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2, ReadOnlySpan<double> inputs,
            ReadOnlySpan<int> labels,
        ReadOnlySpan<double> vW1, ReadOnlySpan<double> vB1, ReadOnlySpan<double> vW2, ReadOnlySpan<double> vB2,
        Span<double> hW1, Span<double> hB1, Span<double> hW2, Span<double> hB2);

    [Gradient(nameof(Loss), Wrt = ["input"])]
    public static partial double Saliency(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2, ReadOnlySpan<double> input,
            int label,
        Span<double> dInput);

    [Hessian(nameof(Loss), Wrt = ["input"])]
    public static partial double Curvature(
        ReadOnlySpan<double> w1, ReadOnlySpan<double> b1, ReadOnlySpan<double> w2, ReadOnlySpan<double> b2, ReadOnlySpan<double> input,
            int label,
        Span<double> hessian);
}
