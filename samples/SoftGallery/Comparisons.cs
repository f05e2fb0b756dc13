using SoftDiff;

namespace SoftGallery;

/// <summary>The comparisons of x with 0.</summary>
internal static class Comparisons
{
    private static readonly double[] Softness = [0.05, 0.1, 0.3];

    public static IReadOnlyList<Figure> Figures { get; } =
    [
        Of("greater", "Greater", "x > 0", (double x, double s, SoftMode m, out double d) => Soft.GreaterVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("greater-equal", "GreaterEqual", "x ≥ 0", (double x, double s, SoftMode m, out double d) => Soft.GreaterEqualVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("less", "Less", "x < 0", (double x, double s, SoftMode m, out double d) => Soft.LessVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("less-equal", "LessEqual", "x ≤ 0", (double x, double s, SoftMode m, out double d) => Soft.LessEqualVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("equal", "Equal", "x = 0", (double x, double s, SoftMode m, out double d) => Soft.EqualVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("not-equal", "NotEqual", "x ≠ 0", (double x, double s, SoftMode m, out double d) => Soft.NotEqualVjp(x, 0, 1, out d, out _, out _, s, m)),
        Of("is-close", "IsClose", "|x| ≤ 0.5, as closeness to 0; the value may exceed 1 where the tolerance is large beside the softness",
            (double x, double s, SoftMode m, out double d) => Soft.IsCloseVjp(x, 0, 1, out d, out _, out _, s, m, absoluteTolerance: 0.5)),
    ];

    private static Figure Of(string id, string title, string caption, NumberFunction function) =>
        Elementwise.Of(id, title, caption + ".", 2, Softness, function);
}
