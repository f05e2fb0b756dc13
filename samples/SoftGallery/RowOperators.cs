using SoftDiff;

namespace SoftGallery;

/// <summary>One number of the result for a row, and its gradient by the row.</summary>
internal delegate double RowFunction(ReadOnlySpan<double> row, Span<double> gradient, double softness, SoftMode mode, SortMethod method);

/// <summary>The operators along an axis: what they give for the row (x, −1, 0, 1) while x passes the other three.</summary>
internal static class RowOperators
{
    private const double Reach = 2;

    private static readonly double[] Softness = [0.02, 0.1, 0.5];

    // In the result of an index operator: the entry that belongs to x. In a sorted row: the second of four.
    private static readonly double[] OfX = [1, 0, 0, 0], Second = [0, 1, 0, 0];

    private static readonly SortMethod[] Plans =
        [SortMethod.SoftSort, SortMethod.NeuralSort, SortMethod.OptimalTransport, SortMethod.SortingNetwork];

    private static readonly SortMethod[] Values = [.. Plans, SortMethod.FastSoftSort, SortMethod.SmoothSort];

    public static IReadOnlyList<Section> Sections { get; } =
    [
        Of("max", "Max", "The largest of (x, −1, 0, 1).", Values,
            (row, d, s, m, by) => Soft.MaxVjp(row, 1, d, out _, s, m, by)),
        Of("min", "Min", "The smallest of (x, −1, 0, 1).", Values,
            (row, d, s, m, by) => Soft.MinVjp(row, 1, d, out _, s, m, by)),
        Of("argmax", "ArgMax", "The weight of x as the largest of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.ArgMaxVjp(row, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
        Of("argmin", "ArgMin", "The weight of x as the smallest of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.ArgMinVjp(row, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
        Of("sort", "Sort", "The second smallest of (x, −1, 0, 1).", Values, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.SortVjp(row, y, Second, d, out _, s, m, by);
            return y[1];
        }),
        Of("argsort", "ArgSort", "The weight of x as the second smallest of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[16], c = stackalloc double[16];
            c.Clear();
            c[4] = 1;
            Soft.ArgSortVjp(row, y, c, d, out _, s, m, by);
            return y[4];
        }),
        Of("rank", "Rank", "The rank of x among (x, −1, 0, 1); the largest has the rank 1.", Values, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.RankVjp(row, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
        Of("top-k", "TopK, values", "The second largest of (x, −1, 0, 1), from the top 2.", Values, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[2];
            Soft.TopKVjp(row, 2, y, default, [0, 1], default, d, out _, s, m, by);
            return y[1];
        }),
        Of("top-k-indices", "TopK, indices", "The weight of x among the top 2 of (x, −1, 0, 1).", [.. Plans[..3]], (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[2], p = stackalloc double[8];
            Soft.TopKVjp(row, 2, y, p, [0, 0], [1, 0, 0, 0, 1, 0, 0, 0], d, out _, s, m, by);
            return p[0] + p[4];
        }),
        Of("quantile", "Quantile", "The quantile ¼ of (x, −1, 0, 1).", Values,
            (row, d, s, m, by) => Soft.QuantileVjp(row, 0.25, 1, d, out _, s, m, by)),
        Of("argquantile", "ArgQuantile", "The weight of x in the quantile ¼ of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.ArgQuantileVjp(row, 0.25, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
        Of("median", "Median", "The median of (x, −1, 0, 1).", Values,
            (row, d, s, m, by) => Soft.MedianVjp(row, 1, d, out _, s, m, by)),
        Of("argmedian", "ArgMedian", "The weight of x in the median of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.ArgMedianVjp(row, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
        Of("percentile", "Percentile", "The 90th percentile of (x, −1, 0, 1).", Values,
            (row, d, s, m, by) => Soft.PercentileVjp(row, 90, 1, d, out _, s, m, by)),
        Of("argpercentile", "ArgPercentile", "The weight of x in the 90th percentile of (x, −1, 0, 1).", Plans, (row, d, s, m, by) =>
        {
            Span<double> y = stackalloc double[4];
            Soft.ArgPercentileVjp(row, 90, y, OfX, d, out _, s, m, by);
            return y[0];
        }),
    ];

    private static Section Of(string id, string title, string caption, SortMethod[] methods, RowFunction function) => new(
        id,
        title,
        caption + " Softness is measured on the standardised row.",
        [.. methods.Select(method => new Figure(
            $"{id}-{method.ToString().ToLowerInvariant()}",
            $"{title} by {method}",
            caption,
            -Reach,
            Reach,
            [.. Softness.Select((s, i) => new Column(
                $"s{i + 1}",
                $"softness {Scale.Text(s)}",
                [.. Gallery.RowModes.Where(mode => Exists(mode.Mode, method)).Select(mode =>
                    new Curve(mode.Style, x => At(x, function, s, mode.Mode, method)))]))]))]);

    private static bool Exists(SoftMode mode, SortMethod method) => method != SortMethod.SmoothSort || mode is SoftMode.Hard or SoftMode.Smooth;

    private static (double Value, double Slope) At(double x, RowFunction function, double softness, SoftMode mode, SortMethod method)
    {
        Span<double> gradient = stackalloc double[4];
        var value = function([x, -1, 0, 1], gradient, softness, mode, method);
        return (value, gradient[0]);
    }
}
