namespace SoftDiff.Benchmarks.Functions;

/// <summary>The declared derivatives of the chain.</summary>
public static partial class Rosenbrock
{
    [HessianVectorProduct(nameof(Chain))]
    public static partial double ChainProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> hv);

    [Hessian(nameof(Chain))]
    public static partial double ChainHessian(ReadOnlySpan<double> x, Span<double> hessian);
}
