namespace SoftDiff.Tests.Declared;

/// <summary>Derivatives inside of derivatives, where an implementation that mixes up two levels gives wrong numbers.</summary>
public static partial class Confusion
{
    [Differentiable]
    private static double Sum(double y, double x) => x + y;

    [Derivative(nameof(Sum), Wrt = ["y"])]
    private static partial double SumByY(double y, double x);

    /// <summary>x · d/dy (x + y) at y = 1.</summary>
    [Differentiable]
    private static double Scaled(double x) => x * SumByY(1, x);

    [Derivative(nameof(Scaled))]
    public static partial double ScaledSlope(double x);

    [Differentiable]
    private static double Product(double y, double x) => x * y;

    [Derivative(nameof(Product), Wrt = ["y"])]
    private static partial double ProductByY(double y, double x);

    /// <summary>x · d/dy (x y) at y = 2, which is x².</summary>
    [Differentiable]
    private static double ScaledProduct(double x) => x * ProductByY(2, x);

    [Derivative(nameof(ScaledProduct))]
    public static partial double ScaledProductSlope(double x);

    [Gradient(nameof(ScaledProduct))]
    public static partial void ScaledProductGradient(double x, out double slope);

    /// <summary>d/dy (x y) at y = x: the point depends on x, and so does the function.</summary>
    [Differentiable]
    private static double Diagonal(double x) => ProductByY(x, x) * x;

    [Derivative(nameof(Diagonal), Order = 2)]
    public static partial double DiagonalCurvature(double x);

    /// <summary>The derivative of x³ within that of x ↦ x · (x³)′.</summary>
    [Differentiable]
    private static double Cube(double x) => x * x * x;

    [Derivative(nameof(Cube))]
    private static partial double CubeSlope(double x);

    [Differentiable]
    private static double Inner(double x) => x * CubeSlope(x);

    [Derivative(nameof(Inner))]
    private static partial double InnerSlope(double x);

    /// <summary>x · (x · (x³)′)′ = 9 x³.</summary>
    [Differentiable]
    private static double Outer(double x) => x * InnerSlope(x);

    [Derivative(nameof(Outer))]
    public static partial double OuterSlope(double x);
}
