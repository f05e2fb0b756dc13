namespace SoftDiff.Benchmarks.Functions;

/// <summary>The stable cross-entropy that the hand-written gradients of small networks share.</summary>
internal static class SoftmaxByHand
{
    /// <summary>The loss, and its gradient in <paramref name="dLogits"/>, which may be <paramref name="logits"/> itself.</summary>
    public static double CrossEntropy(ReadOnlySpan<double> logits, int target, Span<double> dLogits)
    {
        dLogits = dLogits[..logits.Length];
        double max = logits[0];
        for (int i = 1; i < logits.Length; i++) max = Math.Max(max, logits[i]);
        double atTarget = logits[target];

        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double e = Math.Exp(logits[i] - max);
            dLogits[i] = e;
            sum += e;
        }

        double inverse = 1 / sum;
        for (int i = 0; i < dLogits.Length; i++) dLogits[i] *= inverse;
        dLogits[target] -= 1;
        return max + Math.Log(sum) - atTarget;
    }
}
