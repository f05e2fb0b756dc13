using SoftDiff;

namespace SoftExamples;

/// <summary>A loss in a mode of the soft operators; <see cref="SoftMode.Hard"/> is the program that it stands for.</summary>
internal delegate double Loss(ReadOnlySpan<double> parameters, SoftMode mode);

internal delegate double LossGradient(ReadOnlySpan<double> parameters, SoftMode mode, Span<double> dParameters);

/// <summary>Something to be learnt by gradient descent.</summary>
internal sealed class Example
{
    public required string Name { get; init; }

    public required string Task { get; init; }

    public required double[] Start { get; init; }

    public required int Steps { get; init; }

    public required double Rate { get; init; }

    public required Loss Loss { get; init; }

    public required LossGradient Gradient { get; init; }

    /// <summary>What the parameters mean.</summary>
    public required Func<double[], string> Outcome { get; init; }

    /// <summary>Whether the parameters do what they should.</summary>
    public required Func<double[], bool> Reached { get; init; }

    /// <summary>Descends from the start, a step of the rate times the gradient at a time, and calls back after each.</summary>
    public double[] Train(int steps, Action<int, double[]>? progress = null)
    {
        double[] parameters = [.. Start];
        var gradient = new double[parameters.Length];
        for (int step = 1; step <= steps; step++)
        {
            Gradient(parameters, SoftMode.Smooth, gradient);
            for (int i = 0; i < parameters.Length; i++) parameters[i] -= Rate * gradient[i];
            progress?.Invoke(step, parameters);
        }

        return parameters;
    }

    /// <summary>
    /// Compares the gradient with differences of the soft loss; a wrong entry throws. At the end of the descent, where the gradient is nearly zero,
    /// differences have no digits to compare.
    /// </summary>
    public GradientReport CheckGradient(double[] parameters) => GradientCheck.Verify(
        p => Loss(p, SoftMode.Smooth),
        (p, dP) =>
        {
            // Straight through, the value is that of the hard loss, and only the gradient that of the soft one.
            Gradient(p, SoftMode.Smooth, dP);
            return Loss(p, SoftMode.Smooth);
        },
        parameters,
        tolerance: 1e-7);
}
