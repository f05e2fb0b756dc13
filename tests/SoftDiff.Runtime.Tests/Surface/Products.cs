namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>
/// Straight-through estimators of a product, differentiated by generated code and compared with the reference rows of such products: of the
/// product as a whole, and of each factor. They have one value and two derivatives: in the second form each soft slope is multiplied by the
/// hard value of the other factor.
/// </summary>
public static partial class Products
{
    [Differentiable]
    public static double ReluProductSt(double x, double y, double softness, SoftMode mode) => Diff.StraightThrough(
        Soft.Relu(x, softness, SoftMode.Hard) * Soft.Relu(y, softness, SoftMode.Hard),
        Soft.Relu(x, softness, mode) * Soft.Relu(y, softness, mode));

    [Differentiable]
    public static float ReluProductSt(float x, float y, float softness, SoftMode mode) => Diff.StraightThrough(
        Soft.Relu(x, softness, SoftMode.Hard) * Soft.Relu(y, softness, SoftMode.Hard),
        Soft.Relu(x, softness, mode) * Soft.Relu(y, softness, mode));

    [Differentiable]
    public static double ReluStProduct(double x, double y, double softness, SoftMode mode) =>
        Soft.ReluSt(x, softness, mode) * Soft.ReluSt(y, softness, mode);

    [Differentiable]
    public static float ReluStProduct(float x, float y, float softness, SoftMode mode) =>
        Soft.ReluSt(x, softness, mode) * Soft.ReluSt(y, softness, mode);

    [Differentiable]
    public static double RoundForSquare(double x) => Diff.StraightThrough(Math.Round(x), x * x);

    [Differentiable]
    public static float RoundForSquare(float x) => Diff.StraightThrough(MathF.Round(x), x * x);
}
