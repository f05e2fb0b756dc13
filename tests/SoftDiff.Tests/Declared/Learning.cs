namespace SoftDiff.Tests.Declared;

/// <summary>Gradients inside of what is differentiated: temporal differences, meta-learning, a gradient penalty.</summary>
public static partial class Learning
{
    /// <summary>Half the square of the temporal-difference error, whose target counts as constant.</summary>
    [Differentiable]
    public static double TdLoss(ReadOnlySpan<double> theta, ReadOnlySpan<double> sTm1, double rT, ReadOnlySpan<double> sT)
    {
        double before = 0.0, after = 0.0;
        for (var i = 0; i < theta.Length; i++)
        {
            before += theta[i] * sTm1[i];
            after += theta[i] * sT[i];
        }

        var error = rT + Diff.StopGradient(after) - before;
        return error * error;
    }

    [Gradient(nameof(TdLoss), Wrt = ["theta"])]
    public static partial double TdUpdate(ReadOnlySpan<double> theta, ReadOnlySpan<double> sTm1, double rT, ReadOnlySpan<double> sT, Span<double> dTheta);

    /// <summary>The loss of a task: a quadratic with a quartic term, whose minimum depends on the task.</summary>
    [Differentiable]
    public static double TaskLoss(ReadOnlySpan<double> w, double task)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++)
        {
            var d = w[i] - (task * (i + 1));
            sum += (d * d) + (0.1 * d * d * d * d);
        }

        return sum + (w[0] * w[1]);
    }

    [Gradient(nameof(TaskLoss), Wrt = ["w"])]
    public static partial double TaskGradient(ReadOnlySpan<double> w, double task, Span<double> dW);

    [Hessian(nameof(TaskLoss), Wrt = ["w"])]
    public static partial double TaskHessian(ReadOnlySpan<double> w, double task, Span<double> hessian);

    /// <summary>The loss after some steps of gradient descent from the given start.</summary>
    [Differentiable(Wrt = ["start", "rate"])]
    public static double Maml(ReadOnlySpan<double> start, double rate, double task, int steps)
    {
        Span<double> w = stackalloc double[2];
        Span<double> dW = stackalloc double[2];
        start.CopyTo(w);
        for (var step = 0; step < steps; step++)
        {
            TaskGradient(w, task, dW);
            for (var i = 0; i < w.Length; i++) w[i] -= rate * dW[i];
        }

        return TaskLoss(w, task);
    }

    [Gradient(nameof(Maml))]
    public static partial double MamlGradient(ReadOnlySpan<double> start, double rate, double task, int steps, Span<double> dStart, out double dRate);

    [Hessian(nameof(Maml), Wrt = ["start"])]
    public static partial double MamlHessian(ReadOnlySpan<double> start, double rate, double task, int steps, Span<double> hessian);

    /// <summary>A critic of one layer.</summary>
    [Differentiable]
    public static double Critic(ReadOnlySpan<double> x, ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var k = 0; k < w.Length / x.Length; k++)
        {
            var z = 0.0;
            for (var i = 0; i < x.Length; i++) z += w[(k * x.Length) + i] * x[i];
            sum += Math.Tanh(z) * (k + 1);
        }

        return sum;
    }

    [Gradient(nameof(Critic), Wrt = ["x"])]
    private static partial void InputGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> dX);

    /// <summary>(‖∂critic/∂x‖ - 1)², to be differentiated by the weights.</summary>
    [Differentiable(Wrt = ["w"])]
    public static double Penalty(ReadOnlySpan<double> x, ReadOnlySpan<double> w)
    {
        Span<double> gradient = stackalloc double[x.Length];
        InputGradient(x, w, gradient);
        var square = 0.0;
        for (var i = 0; i < gradient.Length; i++) square += gradient[i] * gradient[i];
        var norm = Math.Sqrt(square) - 1;
        return norm * norm;
    }

    [Gradient(nameof(Penalty))]
    public static partial double PenaltyGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> dW);

    [HessianVectorProduct(nameof(Penalty))]
    public static partial double PenaltyProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> dW, Span<double> hv);
}
