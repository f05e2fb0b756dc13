using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The cross-entropy -ln softmax(logits)[target] = ln Σ exp(logits[j]) - logits[target], without overflow.</summary>
    /// <remarks>
    /// <para>Smooth everywhere; the gradient is softmax(logits)[i], less 1 at the target. If the largest logit is infinite, all logits
    /// equal to it share the probability equally; the value is ∞ when the target has none. NaN anywhere gives NaN.</para>
    /// <para>The error is a few ulp of the larger of max logits - logits[target] and ln of the length, however large the logits are. The
    /// weights in the gradient have a relative error of at most 5e-13 for <see cref="double"/> and of a few ulp for
    /// <see cref="float"/>.</para>
    /// </remarks>
    /// <param name="logits">Unnormalised logarithms of probabilities, at least one.</param>
    /// <param name="target">The index of the class that was observed.</param>
    /// <returns>A number not below 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="logits"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="target"/> is negative or not less than the length of <paramref name="logits"/>.
    /// </exception>
    [CustomVjp(nameof(SoftmaxCrossEntropyForward), nameof(SoftmaxCrossEntropyBackward))]
    [CustomJvp(nameof(SoftmaxCrossEntropyTangent))]
    public static double SoftmaxCrossEntropy(ReadOnlySpan<double> logits, int target) => SoftmaxCrossEntropyOf(logits, target, out _);

    /// <inheritdoc cref="SoftmaxCrossEntropy(ReadOnlySpan{double}, int)"/>
    [CustomVjp(nameof(SoftmaxCrossEntropyForward), nameof(SoftmaxCrossEntropyBackward))]
    [CustomJvp(nameof(SoftmaxCrossEntropyTangent))]
    public static float SoftmaxCrossEntropy(ReadOnlySpan<float> logits, int target) => (float)SoftmaxCrossEntropyOf(logits, target, out _);

    /// <summary>
    /// The value of <see cref="SoftmaxCrossEntropy(ReadOnlySpan{double}, int)"/> and what its reverse rule keeps, for generated code.
    /// </summary>
    /// <param name="logits">The logits.</param>
    /// <param name="target">The index of the class that was observed.</param>
    /// <returns>The value, and the logarithm of the sum of exponentials in double precision.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Value, double Residual) SoftmaxCrossEntropyForward(ReadOnlySpan<double> logits, int target)
    {
        var value = SoftmaxCrossEntropyOf(logits, target, out var logSumExp);
        return (value, logSumExp);
    }

    /// <inheritdoc cref="SoftmaxCrossEntropyForward(ReadOnlySpan{double}, int)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (float Value, double Residual) SoftmaxCrossEntropyForward(ReadOnlySpan<float> logits, int target)
    {
        var value = SoftmaxCrossEntropyOf(logits, target, out var logSumExp);
        return ((float)value, logSumExp);
    }

    /// <summary>
    /// The reverse rule of <see cref="SoftmaxCrossEntropy(ReadOnlySpan{double}, int)"/>, for generated code: overwrites
    /// <paramref name="dLogits"/>.
    /// </summary>
    /// <param name="residual">The residual of the forward method.</param>
    /// <param name="logits">The logits.</param>
    /// <param name="target">The index of the class that was observed.</param>
    /// <param name="cotangent">The cotangent of the value.</param>
    /// <param name="dLogits">Receives the gradient.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftmaxCrossEntropyBackward(double residual, ReadOnlySpan<double> logits, int target, double cotangent, Span<double> dLogits)
    {
        SoftArguments.Gradient<double>(logits, dLogits);
        LogPartition<double>.Weights(residual, logits, cotangent, dLogits);
        dLogits[target] -= cotangent;
    }

    /// <inheritdoc cref="SoftmaxCrossEntropyBackward(double, ReadOnlySpan{double}, int, double, Span{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftmaxCrossEntropyBackward(double residual, ReadOnlySpan<float> logits, int target, float cotangent, Span<float> dLogits)
    {
        SoftArguments.Gradient<float>(logits, dLogits);
        LogPartition<float>.Weights(residual, logits, cotangent, dLogits);
        dLogits[target] -= cotangent;
    }

    /// <summary>The forward rule of <see cref="SoftmaxCrossEntropy(ReadOnlySpan{double}, int)"/>, for generated code.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="target">The index of the class that was observed.</param>
    /// <param name="tLogits">The tangent of the logits.</param>
    /// <returns>The value and its tangent.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Value, double Tangent) SoftmaxCrossEntropyTangent(ReadOnlySpan<double> logits, int target, ReadOnlySpan<double> tLogits)
    {
        Shape.SameLength(tLogits.Length, logits.Length, nameof(tLogits), nameof(logits));
        var value = SoftmaxCrossEntropyOf(logits, target, out var logSumExp);
        return (value, LogPartition<double>.WeightedSum(logSumExp, logits, tLogits) - tLogits[target]);
    }

    /// <inheritdoc cref="SoftmaxCrossEntropyTangent(ReadOnlySpan{double}, int, ReadOnlySpan{double})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static (float Value, float Tangent) SoftmaxCrossEntropyTangent(ReadOnlySpan<float> logits, int target, ReadOnlySpan<float> tLogits)
    {
        Shape.SameLength(tLogits.Length, logits.Length, nameof(tLogits), nameof(logits));
        var value = SoftmaxCrossEntropyOf(logits, target, out var logSumExp);
        return ((float)value, (float)(LogPartition<float>.WeightedSum(logSumExp, logits, tLogits) - tLogits[target]));
    }

    // The largest logit and the target's are subtracted before the logarithm is added, so that what they have in common cancels exactly.
    private static double SoftmaxCrossEntropyOf<T>(ReadOnlySpan<T> logits, int target, out double logSumExp)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.NotEmpty(logits.Length, nameof(logits));
        SoftArguments.Target(target, logits.Length);
        var partition = LogPartition<T>.Of(logits);
        logSumExp = partition.Total;
        var (max, observed) = (double.CreateTruncating(partition.Max), double.CreateTruncating(logits[target]));
        return (max == observed ? 0 : max - observed) + partition.LogSum;
    }
}
