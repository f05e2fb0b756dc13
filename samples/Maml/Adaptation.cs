using SoftDiff;

namespace Maml;

/// <summary>A few steps of gradient descent on the points of a task, and the derivative through them.</summary>
public static partial class Adaptation
{
    /// <summary>The step size of the descent.</summary>
    public const double Rate = 0.02;

    /// <summary>Moves the weights <paramref name="steps"/> steps downhill on the points (x, y).</summary>
    public static void Adapt(Span<double> weights, ReadOnlySpan<double> x, ReadOnlySpan<double> y, int steps)
    {
        Span<double> gradient = stackalloc double[Network.Parameters];
        for (int step = 0; step < steps; step++)
        {
            Network.LossGradient(weights, x, y, gradient);
            for (int i = 0; i < weights.Length; i++) weights[i] -= Rate * gradient[i];
        }
    }

    /// <summary>
    /// The loss on new points of a task after the weights <paramref name="start"/> have been adapted to others. Its gradient goes
    /// through the gradients of the steps.
    /// </summary>
    [Differentiable(Wrt = ["start"])]
    public static double LossAfter(
        int steps, ReadOnlySpan<double> start, ReadOnlySpan<double> x, ReadOnlySpan<double> y,
        ReadOnlySpan<double> newX, ReadOnlySpan<double> newY)
    {
        Span<double> weights = stackalloc double[Network.Parameters];
        start.CopyTo(weights);
        Adapt(weights, x, y, steps);
        return Network.Loss(weights, newX, newY);
    }

    /// <summary>The loss after adaptation, and its gradient with respect to the start. The body is generated.</summary>
    [Gradient(nameof(LossAfter))]
    public static partial double MetaGradient(
        int steps, ReadOnlySpan<double> start, ReadOnlySpan<double> x, ReadOnlySpan<double> y,
        ReadOnlySpan<double> newX, ReadOnlySpan<double> newY, Span<double> dStart);
}
