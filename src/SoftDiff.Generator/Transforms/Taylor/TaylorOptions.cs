namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>How Taylor mode works.</summary>
/// <param name="Unrolls">Whether each coefficient is a value of its own; otherwise they lie in spans.</param>
/// <param name="Transform">The switches that all transforms have.</param>
internal sealed record TaylorOptions(bool Unrolls, TransformOptions Transform)
{
    /// <summary>Up to this order the products of a series are few enough to be read one by one.</summary>
    private const int LargestUnrolled = 4;

    public static TaylorOptions For(int order, TransformOptions transform) => new(order <= LargestUnrolled, transform);
}
