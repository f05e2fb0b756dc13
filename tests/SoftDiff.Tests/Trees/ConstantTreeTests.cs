namespace SoftDiff.Tests.Trees;

/// <summary>Declarations that are not by the object which the companions of their target are derivatives by.</summary>
public sealed partial class ConstantTreeTests
{
    private static readonly Gain Object = new() { Weights = [0.3, -0.2], Offset = 0.5 };

    internal sealed class Gain
    {
        public double[] Weights { get; init; } = [];

        public double Offset { get; init; }
    }

    [Differentiable(Wrt = ["gain", "x"])]
    internal static double Output(Gain gain, double x) => (gain.Weights[0] * x * x) + (gain.Weights[1] * x * gain.Offset);

    [Derivative(nameof(Output), Wrt = ["x"], Order = 2)]
    internal static partial double Curvature(Gain gain, double x);

    [Hessian(nameof(Output), Wrt = ["x"])]
    internal static partial double OutputHessian(Gain gain, double x, Span<double> hessian);

    [Vmap(nameof(Output))]
    internal static partial void Outputs(int batch, [Shared] Gain gain, ReadOnlySpan<double> x, Span<double> values);

    [Fact]
    public void Derivatives_of_a_higher_order_keep_the_object_constant()
    {
        double[] hessian = new double[1];
        Assert.Equal(Output(Object, 2), OutputHessian(Object, 2, hessian));
        Assert.Equal(0.6, hessian[0], 1e-15);
        Assert.Equal(0.6, Curvature(Object, 2), 1e-15);
    }

    [Fact]
    public void Examples_of_a_batch_share_the_object()
    {
        double[] x = [1, 2, -3], values = new double[3];
        Outputs(3, Object, x, values);
        Assert.Equal(x.Select(at => Output(Object, at)), values);
    }
}
