using SoftDiff;

namespace SoftExamples;

/// <summary>Learns the bounds of a rule: an example is of the class if any of its features lies between them.</summary>
public static partial class RuleClassifier
{
    private const int Features = 2;

    private static readonly double[] Examples =
    [
        0.2, 0.8, 0.5, 0.3, 0.9, 0.1, 0.4, 0.7,
        0.1, 0.4, 0.2, 0.7, 0.4, 0.1, 0.4, 0.7,
        0.7, 0.29, 0.3, 0.3, 0.61, 0.25, 0.4, 0.6,
        0.0, 0.1, 0.5, 0.3, 0.4, 0.9, 0.1, 0.57,
    ];

    private static readonly double[] Labels = [0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1];

    /// <summary>
    /// How many examples are classified wrongly. Counting has no slope, so <c>LossGrad</c>, which is generated, returns the count with
    /// the gradient of the soft count.
    /// </summary>
    [Differentiable(Wrt = ["bounds"])]
    [StraightThrough]
    public static double Loss(ReadOnlySpan<double> bounds, ReadOnlySpan<double> examples, ReadOnlySpan<double> labels, SoftMode mode)
    {
        Span<double> inside = stackalloc double[Features];
        double errors = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < Features; j++)
            {
                double x = examples[i * Features + j];
                inside[j] = Soft.And(Soft.Greater(x, bounds[0], mode: mode), Soft.Less(x, bounds[1], mode: mode));
            }

            double error = Soft.Any(inside) - labels[i];
            errors += error * error;
        }

        return errors;
    }

    internal static Example Create() => new()
    {
        Name = "Rule classifier",
        Task = $"find the bounds of a rule that classifies {Labels.Length} examples",
        Start = [0, 1],
        Steps = 20,
        Rate = 0.01,
        Loss = (bounds, mode) => Loss(bounds, Examples, Labels, mode),
        Gradient = (bounds, mode, dBounds) => LossGrad(bounds, Examples, Labels, mode, dBounds),
        Outcome = bounds => $"{bounds[0]:F4} < x < {bounds[1]:F4}, {Labels.Length - Loss(bounds, Examples, Labels, SoftMode.Hard)} of {Labels.Length} right",
        Reached = bounds => Loss(bounds, Examples, Labels, SoftMode.Hard) == 0,
    };
}
