using Samples;
using SoftDiff;

namespace SoftExamples;

/// <summary>Finds out on which of its features a given model depends: each has a score, and the model sees the features with the highest ones.</summary>
public static partial class FeatureSelection
{
    private const int Count = 100;
    private const int Selected = 3;

    // The model to be explained: only the features 1, 3 and 7 matter.
    private static readonly double[] Model = [0, 2, 0, -1.5, 0, 0, 0, 5, 0, 0];

    /// <summary>The mean absolute error of the model if it sees the selected features only. <c>LossGrad</c>, its gradient, is generated.</summary>
    [Differentiable(Wrt = ["scores"])]
    public static double Loss(
        ReadOnlySpan<double> scores, ReadOnlySpan<double> features, ReadOnlySpan<double> targets, ReadOnlySpan<double> model,
        SoftMode mode = SoftMode.Smooth)
    {
        int n = scores.Length;
        Span<double> values = stackalloc double[Selected];
        Span<double> indices = stackalloc double[Selected * n];
        Soft.TopK(scores, Selected, values, indices, mode: mode);

        Span<double> mask = stackalloc double[n];
        for (int k = 0; k < Selected; k++)
        {
            for (int j = 0; j < n; j++) mask[j] += indices[k * n + j];
        }

        double total = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double prediction = 0;
            for (int j = 0; j < n; j++) prediction += features[i * n + j] * mask[j] * model[j];
            total += Soft.Abs(prediction - targets[i], mode: mode);
        }

        return total / targets.Length;
    }

    /// <summary>The features with the highest scores, the highest first.</summary>
    public static int[] Select(ReadOnlySpan<double> scores)
    {
        double[] keys = scores.ToArray();
        return [.. Enumerable.Range(0, keys.Length).OrderByDescending(j => keys[j]).Take(Selected)];
    }

    internal static Example Create(int seed)
    {
        var normal = new Normal(seed);
        double[] features = normal.Next(Count * Model.Length);
        double[] targets = normal.Next(Count);
        for (int i = 0; i < Count; i++)
        {
            targets[i] *= 0.1;
            for (int j = 0; j < Model.Length; j++) targets[i] += features[i * Model.Length + j] * Model[j];
        }

        return new Example
        {
            Name = "Top-k feature selection",
            Task = $"find the {Selected} of {Model.Length} features that a model depends on: 1, 3 and 7",
            Start = new double[Model.Length],
            Steps = 5,
            Rate = 0.001,
            Loss = (scores, mode) => Loss(scores, features, targets, Model, mode),
            Gradient = (scores, mode, dScores) => LossGrad(scores, features, targets, Model, mode, dScores),
            Outcome = scores => $"features {string.Join(", ", Select(scores))}",
            Reached = scores => Select(scores).Order().SequenceEqual([1, 3, 7]),
        };
    }
}
