using Samples;
using SoftDiff;

namespace SoftExamples;

/// <summary>Finds a threshold such that the values above it have a given sum.</summary>
public static partial class ThresholdFilter
{
    private const double Target = 2;

    private static readonly double[] Values = [0.2, 0.8, 0.5, 1.2, 0.1];

    /// <summary>The square of what the sum of the values above the threshold lacks. <c>LossGrad</c>, its gradient, is generated.</summary>
    [Differentiable(Wrt = ["threshold"])]
    public static double Loss(double threshold, ReadOnlySpan<double> values, double target, SoftMode mode = SoftMode.Smooth)
    {
        double sum = 0;
        foreach (double value in values) sum += Soft.Greater(value, threshold, mode: mode) * value;
        return (sum - target) * (sum - target);
    }

    internal static Example Create() => new()
    {
        Name = "Threshold filter",
        Task = $"find a threshold such that the numbers above it among {Text.Row(Values)} have the sum {Target}",
        Start = [0],
        Steps = 20,
        Rate = 0.1,
        Loss = (t, mode) => Loss(t[0], Values, Target, mode),
        Gradient = (t, mode, dT) => LossGrad(t[0], Values, Target, mode, out dT[0]),
        Outcome = t => $"threshold {t[0]:R}, {string.Join(" + ", Values.Where(value => value > t[0]))} = {Values.Where(value => value > t[0]).Sum()}",
        Reached = t => Loss(t[0], Values, Target, SoftMode.Hard) == 0,
    };
}
