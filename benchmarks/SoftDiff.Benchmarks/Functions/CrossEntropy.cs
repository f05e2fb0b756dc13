namespace SoftDiff.Benchmarks.Functions;

/// <summary>Cross-entropy by the library's stable primitive, and by the formula as it stands in a textbook.</summary>
public static partial class CrossEntropy
{
    [Differentiable(Wrt = ["logits"])]
    public static double Stable(ReadOnlySpan<double> logits, int target) => Soft.SoftmaxCrossEntropy(logits, target);

    /// <summary>Infinite as soon as a logit passes 709, NaN in the gradient.</summary>
    public static double Naive(ReadOnlySpan<double> logits, int target)
    {
        double sum = 0;
        for (int i = 0; i < logits.Length; i++) sum += Math.Exp(logits[i]);
        return Math.Log(sum) - logits[target];
    }

    public static double NaiveByHand(ReadOnlySpan<double> logits, int target, Span<double> dLogits)
    {
        Lengths.Same(dLogits.Length, logits.Length, nameof(dLogits));
        dLogits = dLogits[..logits.Length];
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double e = Math.Exp(logits[i]);
            dLogits[i] = e;
            sum += e;
        }

        double inverse = 1 / sum;
        for (int i = 0; i < dLogits.Length; i++) dLogits[i] *= inverse;
        dLogits[target] -= 1;
        return Math.Log(sum) - logits[target];
    }
}
