using SoftDiff;

namespace TdLearning;

/// <summary>Learning by temporal differences: TD(0) with values that are linear in the features of a state.</summary>
public static partial class TemporalDifference
{
    /// <summary>The value of a state: the weights times its features.</summary>
    public static double Value(ReadOnlySpan<double> theta, ReadOnlySpan<double> state)
    {
        double value = 0;
        for (int i = 0; i < theta.Length; i++) value += theta[i] * state[i];
        return value;
    }

    /// <summary>
    /// The squared error of one transition: reward plus value of the next state, minus value of the state. The value of the next state
    /// counts as constant.
    /// </summary>
    [Differentiable(Wrt = ["theta"])]
    public static double Loss(ReadOnlySpan<double> theta, ReadOnlySpan<double> state, double reward, ReadOnlySpan<double> next)
    {
        double target = reward + Diff.StopGradient(Value(theta, next));
        double error = target - Value(theta, state);
        return error * error;
    }

    /// <summary>The loss, and its gradient with respect to the weights. The body is generated.</summary>
    [Gradient(nameof(Loss))]
    public static partial double LossGradient(
        ReadOnlySpan<double> theta, ReadOnlySpan<double> state, double reward, ReadOnlySpan<double> next, Span<double> dTheta);

    /// <summary>The losses of a batch of transitions, and the gradient of each. The features of all states stand in one row after the other.</summary>
    [Vmap(nameof(LossGradient))]
    public static partial void LossGradients(
        int batch, [Shared] ReadOnlySpan<double> theta, ReadOnlySpan<double> states, ReadOnlySpan<double> rewards, ReadOnlySpan<double> nexts,
        Span<double> dTheta, Span<double> losses);

    /// <summary>The TD(0) update: one step of gradient descent on the loss of one transition.</summary>
    public static void Update(Span<double> theta, Transition transition, double rate)
    {
        Span<double> dTheta = stackalloc double[theta.Length];
        LossGradient(theta, transition.State, transition.Reward, transition.Next, dTheta);
        for (int i = 0; i < theta.Length; i++) theta[i] -= rate * dTheta[i];
    }
}

/// <summary>A step from a state to the next, both given by their features, with its reward.</summary>
public sealed record Transition(double[] State, double Reward, double[] Next);
