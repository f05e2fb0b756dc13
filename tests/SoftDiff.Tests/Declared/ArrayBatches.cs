namespace SoftDiff.Tests.Declared;

/// <summary>Batches of gradients of functions that pass an array on, which nobody writes: to a rule, and to a method.</summary>
public static partial class ArrayBatches
{
    [Differentiable]
    public static double Energy(double[] x, double y)
    {
        Span<double> shares = stackalloc double[2];
        Soft.Softmax(x, shares);
        return (Soft.LogSumExp(x) * y) + (Squares(x) * shares[1]);
    }

    [Differentiable]
    public static double Squares(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += x[i] * x[i] * Soft.Sigmoid(x[i]);
        return sum;
    }

    [Gradient(nameof(Energy))]
    public static partial double EnergyGradient(double[] x, double y, Span<double> dX, out double dY);

    [Vmap(nameof(EnergyGradient))]
    public static partial void EnergyGradients(
        int batch, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> dX, Span<double> dY, Span<double> values);

    [Hessian(nameof(Energy))]
    public static partial double EnergyHessian(double[] x, double y, Span<double> hessian);

    [Vmap(nameof(EnergyHessian))]
    public static partial void EnergyHessians(
        int batch, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> hessians, Span<double> values);
}
