using Samples;
using SoftDiff;

namespace SoftExamples;

/// <summary>A linear model fitted by the median of its absolute residuals, so that one wild measurement does not matter.</summary>
public static partial class MedianRegression
{
    private const int Count = 20;

    internal static double[] TrueWeights { get; } = [1, -2, 0.5];

    /// <summary>The median absolute residual. <c>LossGrad</c>, its gradient, is generated.</summary>
    [Differentiable(Wrt = ["weights"])]
    public static double Loss(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> features, ReadOnlySpan<double> targets, SoftMode mode = SoftMode.Smooth)
    {
        Span<double> residuals = stackalloc double[targets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            double prediction = 0;
            for (int j = 0; j < weights.Length; j++) prediction += features[i * weights.Length + j] * weights[j];
            residuals[i] = Soft.Abs(targets[i] - prediction, mode: mode);
        }

        return Soft.Median(residuals, mode: mode);
    }

    internal static Example Create(int seed)
    {
        var normal = new Normal(seed);
        double[] features = normal.Next(Count * TrueWeights.Length);
        var targets = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < TrueWeights.Length; j++) targets[i] += features[i * TrueWeights.Length + j] * TrueWeights[j];
        }

        targets[0] = 1e6;

        return new Example
        {
            Name = "Robust median regression",
            Task = $"find the weights {Text.Row(TrueWeights)} from {Count} measurements, one of which is wild",
            Start = [0, 0, 0],
            Steps = 100,

            // A soft absolute value bends by 1 / softness = 10 at 0; a step of 0.1 would overshoot where the features are not of unit variance.
            Rate = 0.05,
            Loss = (w, mode) => Loss(w, features, targets, mode),
            Gradient = (w, mode, dW) => LossGrad(w, features, targets, mode, dW),
            Outcome = w => $"weights {Text.Row(w)}, {Distance(w):E1} from the true ones",
            Reached = w => Distance(w) < 1e-3,
        };
    }

    /// <summary>By how much the weight that is farthest from the truth differs from it.</summary>
    internal static double Distance(ReadOnlySpan<double> weights)
    {
        double largest = 0;
        for (int j = 0; j < weights.Length; j++) largest = Math.Max(largest, Math.Abs(weights[j] - TrueWeights[j]));
        return largest;
    }
}
