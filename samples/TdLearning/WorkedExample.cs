namespace TdLearning;

/// <summary>A transition whose error, 1 + 0.1 - (-0.1) = 1.2, and gradient, -2 · 1.2 · (1, 2, -1), are known by hand.</summary>
internal static class WorkedExample
{
    public static double[] Theta { get; } = [0.1, -0.1, 0];

    public static Transition Transition { get; } = new(State: [1, 2, -1], Reward: 1, Next: [2, 1, -1]);

    /// <summary>The gradient of one transition's loss.</summary>
    public static (double Loss, double[] Gradient) Single()
    {
        var gradient = new double[Theta.Length];
        double loss = TemporalDifference.LossGradient(Theta, Transition.State, Transition.Reward, Transition.Next, gradient);
        return (loss, gradient);
    }

    /// <summary>The gradients of a batch that has the transition twice, one row for each.</summary>
    public static double[] Batch()
    {
        double[] gradients = new double[2 * Theta.Length], losses = new double[2];
        double[] states = [.. Transition.State, .. Transition.State], nexts = [.. Transition.Next, .. Transition.Next];
        TemporalDifference.LossGradients(2, Theta, states, [Transition.Reward, Transition.Reward], nexts, gradients, losses);
        return gradients;
    }
}
