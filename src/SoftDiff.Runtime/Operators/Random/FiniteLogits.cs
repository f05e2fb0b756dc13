namespace SoftDiff;

/// <summary>
/// Makes logits finite for the samplers. -∞ and NaN become a number so far below the finite logits of the row that its category is never
/// drawn while there is another. It counts as constant.
/// </summary>
internal static class FiniteLogits
{
    /// <summary>
    /// Replaces them by m - max(|m|, 1000), with m the smallest finite logit along the axis, or 0 if there is none.
    /// </summary>
    /// <param name="logits">The logits, dense.</param>
    /// <param name="length">The length of the axis.</param>
    /// <param name="stride">From one element along the axis to the next.</param>
    public static void Replace<T>(Span<T> logits, int length, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var block = 0; block < logits.Length; block += length * stride)
        {
            for (var start = block; start < block + stride; start++) ReplaceRow(logits[start..], length, stride);
        }
    }

    private static void ReplaceRow<T>(Span<T> logits, int length, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var least = T.PositiveInfinity;
        for (var i = 0; i < length; i++)
        {
            var logit = logits[i * stride];
            if (T.IsFinite(logit)) least = T.Min(least, logit);
        }

        if (T.IsInfinity(least)) least = T.Zero;
        var floor = least - T.Max(T.Abs(least), T.CreateTruncating(1000));
        for (var i = 0; i < length; i++)
        {
            ref var logit = ref logits[i * stride];
            if (IsReplaced(logit)) logit = floor;
        }
    }

    /// <summary>Sets to 0 what belongs to logits that are replaced.</summary>
    public static void Mask<T>(ReadOnlySpan<T> logits, Span<T> derivative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < logits.Length; i++)
        {
            if (IsReplaced(logits[i])) derivative[i] = T.Zero;
        }
    }

    private static bool IsReplaced<T>(T logit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsNaN(logit) || T.IsNegativeInfinity(logit);
}
