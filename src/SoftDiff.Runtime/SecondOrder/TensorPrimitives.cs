namespace SoftDiff.SecondOrder;

/// <summary>The functions of <see cref="System.Numerics.Tensors.TensorPrimitives"/> that the operators call.</summary>
internal static class TensorPrimitives
{
    public static T Product<T>(ReadOnlySpan<T> x)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var product = T.One;
        foreach (var element in x) product *= element;
        return product;
    }

    public static void ConvertTruncating<T>(ReadOnlySpan<T> x, Span<Dual> destination)
    {
        for (var i = 0; i < x.Length; i++) destination[i] = Dual.CreateTruncating(x[i]);
    }
}
