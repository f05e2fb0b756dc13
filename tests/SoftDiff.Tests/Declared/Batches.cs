namespace SoftDiff.Tests.Declared;

/// <summary>Functions and derivatives for a whole batch of examples.</summary>
public static partial class Batches
{
    /// <summary>Gradients of temporal differences for each transition: JAX's vmap(grad(f), in_axes=(None, 0, 0, 0)).</summary>
    [Vmap(typeof(Learning), nameof(Learning.TdUpdate))]
    public static partial void TdUpdateBatch(
        int batch, [Shared] ReadOnlySpan<double> theta, ReadOnlySpan<double> sTm1, ReadOnlySpan<double> rT, ReadOnlySpan<double> sT, Span<double> dTheta, Span<double> values);

    [Differentiable]
    public static double Discount(double rate, double time, int periods, bool isContinuous)
    {
        if (isContinuous) return Math.Exp(-rate * time);
        var factor = 1.0;
        for (var i = 0; i < periods; i++) factor /= 1 + (rate * time / periods);
        return factor;
    }

    [Vmap(nameof(Discount))]
    public static partial void Discounts(
        int count, [Shared] double rate, ReadOnlySpan<double> time, ReadOnlySpan<int> periods, ReadOnlySpan<bool> isContinuous, Span<double> factors);

    [Gradient(nameof(Discount))]
    public static partial double DiscountGradient(double rate, double time, int periods, bool isContinuous, out double dRate, out double dTime);

    [Vmap(nameof(DiscountGradient))]
    public static partial void DiscountGradients(
        int batch, ReadOnlySpan<double> rate, ReadOnlySpan<double> time, ReadOnlySpan<int> periods, ReadOnlySpan<bool> isContinuous,
        Span<double> dRate, Span<double> dTime, Span<double> values);

    [Vmap(nameof(DiscountGradient), Parallel = true)]
    public static partial void DiscountGradientsInParallel(
        int batch, ReadOnlySpan<double> rate, ReadOnlySpan<double> time, ReadOnlySpan<int> periods, ReadOnlySpan<bool> isContinuous,
        Span<double> dRate, Span<double> dTime, Span<double> values);

    /// <summary>One step of a state, in place, and its size; float, with an array, a reference and a value that comes out.</summary>
    [Differentiable]
    public static void Step(float[] force, Span<float> state, ref float clock, out float energy)
    {
        energy = 0;
        for (var i = 0; i < state.Length; i++)
        {
            state[i] += clock * force[i];
            energy += state[i] * state[i];
        }

        clock += 0.5f;
    }

    [Vmap(nameof(Step))]
    public static partial void Steps(int batch, ReadOnlySpan<float> force, Span<float> state, Span<float> clock, Span<float> energy);

    [Vmap(nameof(Step))]
    public static partial void StepsOfOneForce(int batch, [Shared] float[] force, Span<float> state, Span<float> clock, Span<float> energy);

    /// <summary>Rows of rows: the inner number of examples is the same for all outer ones.</summary>
    [Vmap(nameof(Loss))]
    public static partial void Losses(int batch, [Shared] ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> values);

    [Vmap(nameof(Losses))]
    public static partial void LossesOfModels(
        int models, [Shared] int batch, ReadOnlySpan<double> w, [Shared] ReadOnlySpan<double> x, Span<double> values);

    /// <summary>The overload that the declared types choose.</summary>
    [Differentiable]
    public static double Loss(double w, double x) => w * x;

    [Differentiable]
    public static double Loss(ReadOnlySpan<double> w, ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < w.Length; i++) sum += w[i] * x[i];
        return Math.Log(1 + Math.Exp(sum));
    }

    [Vmap(nameof(Loss))]
    public static partial void Products(int batch, [Shared] double w, ReadOnlySpan<double> x, Span<double> values);

    /// <summary>The mean loss of a batch, whose gradient by what the examples share is a sum.</summary>
    [Differentiable(Wrt = ["w"])]
    public static double MeanLoss(ReadOnlySpan<double> w, ReadOnlySpan<double> x, int batch)
    {
        Span<double> losses = new double[batch];
        ParallelLosses(batch, w, x, losses);
        var sum = 0.0;
        for (var i = 0; i < batch; i++) sum += losses[i];
        return sum / batch;
    }

    [Vmap(nameof(Loss), Parallel = true)]
    private static partial void ParallelLosses(int batch, [Shared] ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> values);

    [Vjp(nameof(Losses), Wrt = ["w"])]
    public static partial void LossesPullback(
        int batch, ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> values, Span<double> dW, Span<double> dValues);

    /// <summary>The Hessian of every example.</summary>
    [Hessian(nameof(Loss), Wrt = ["w"])]
    private static partial double LossHessian(ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> hessian);

    [Vmap(nameof(LossHessian))]
    public static partial void LossHessians(int batch, [Shared] ReadOnlySpan<double> w, ReadOnlySpan<double> x, Span<double> hessians, Span<double> values);
}
