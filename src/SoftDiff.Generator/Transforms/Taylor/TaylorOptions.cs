namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>How series are held and computed.</summary>
internal enum SeriesStyle
{
    /// <summary>Each coefficient is a value: <see cref="UnrolledForm"/>.</summary>
    Values,

    /// <summary>Coefficients lie in spans; functions compute them with a formula for each: <see cref="SpanForm"/>.</summary>
    Formulas,

    /// <summary>Coefficients lie in spans; functions compute them in loops.</summary>
    Loops,
}

/// <summary>How Taylor mode works.</summary>
/// <param name="Style">How series are held and computed.</param>
/// <param name="Transform">The switches that all transforms have.</param>
internal sealed record TaylorOptions(SeriesStyle Style, TransformOptions Transform)
{
    /// <summary>Up to this order the products of a series are few enough to stand in the method itself.</summary>
    private const int LargestOfValues = 4;

    /// <summary>Up to this order formulas are readable, and they are several times faster than loops of so few rounds.</summary>
    private const int LargestOfFormulas = 8;

    /// <summary>What callees are derived as.</summary>
    public VariantKind Variant => Style == SeriesStyle.Values ? VariantKind.Coefficients : VariantKind.Series;

    /// <summary>The options for a derivative.</summary>
    public static TaylorOptions For(int order, TransformOptions transform) =>
        order <= LargestOfValues ? new(SeriesStyle.Values, transform) : InSpans(order, transform);

    /// <summary>The options for a callee of one.</summary>
    public static TaylorOptions For(Variant variant, TransformOptions transform) =>
        variant.Kind == VariantKind.Coefficients ? new(SeriesStyle.Values, transform) : InSpans(variant.Order, transform);

    private static TaylorOptions InSpans(int order, TransformOptions transform) =>
        new(order <= LargestOfFormulas ? SeriesStyle.Formulas : SeriesStyle.Loops, transform);
}
