namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>
/// Straight-through estimators of a product, differentiated by generated code: of the product as a whole, and of each factor. They differ
/// in their derivatives: the second multiplies each soft slope by the hard value of the other factor.
/// </summary>
public static partial class Products
{
    [Differentiable]
    public static double ReluStProduct(double x, double y, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
        Soft.ReluSt(x, softness, mode) * Soft.ReluSt(y, softness, mode);

    [Differentiable]
    public static float ReluStProduct(float x, float y, float softness = 0.1f, SoftMode mode = SoftMode.Smooth) =>
        Soft.ReluSt(x, softness, mode) * Soft.ReluSt(y, softness, mode);

    [Differentiable]
    public static void ReluProductSt(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth)
    {
        Span<double> hard = stackalloc double[8];
        Span<double> soft = stackalloc double[8];
        Product(x, y, hard, softness, SoftMode.Hard);
        Product(x, y, soft, softness, mode);
        Diff.StraightThrough(hard.Slice(0, x.Length), soft.Slice(0, x.Length), destination);
    }

    [Differentiable]
    public static double RoundForSquare(double x) => Diff.StraightThrough(Math.Round(x), x * x);

    private static void Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> product, double softness, SoftMode mode)
    {
        Span<double> factor = stackalloc double[8];
        Soft.Relu(x, product.Slice(0, x.Length), softness, mode);
        Soft.Relu(y, factor.Slice(0, x.Length), softness, mode);
        for (var i = 0; i < x.Length; i++) product[i] *= factor[i];
    }

    [Differentiable]
    public static void ReluProductSt(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination, float softness = 0.1f, SoftMode mode = SoftMode.Smooth)
    {
        Span<float> hard = stackalloc float[8];
        Span<float> soft = stackalloc float[8];
        Product(x, y, hard, softness, SoftMode.Hard);
        Product(x, y, soft, softness, mode);
        Diff.StraightThrough(hard.Slice(0, x.Length), soft.Slice(0, x.Length), destination);
    }

    [Differentiable]
    public static float RoundForSquare(float x) => Diff.StraightThrough(MathF.Round(x), x * x);

    private static void Product(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> product, float softness, SoftMode mode)
    {
        Span<float> factor = stackalloc float[8];
        Soft.Relu(x, product.Slice(0, x.Length), softness, mode);
        Soft.Relu(y, factor.Slice(0, x.Length), softness, mode);
        for (var i = 0; i < x.Length; i++) product[i] *= factor[i];
    }
}
