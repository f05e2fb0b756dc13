namespace SoftDiff;

// Spans of which all inputs but the first are numbers, one for all elements.
internal static partial class Elementwise
{
    // A number is repeated in memory as often as this, so that the loop is that for spans. Few enough for the cache next to the processor.
    private const int Repetitions = 512;

    public static void Map<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Map(@operator, x, y, y, destination);

    public static void Map<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, T y, T z, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var spans = new PointwiseSpans<T> { X = x, Value = destination };
        ElementwiseArguments.Map(spans, InputNames.X);
        Pass<T, TOperator, ValuePass>(@operator, spans, y, z, T.Zero, T.Zero, T.Zero, out _, out _);
    }

    public static T MapVjp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, T y, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX, out T dY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => MapVjp(@operator, x, y, y, destination, cDestination, dX, out dY, out _);

    public static T MapVjp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, T y, T z, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX, out T dY, out T dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var spans = new PointwiseSpans<T> { X = x, Value = destination, CValue = cDestination, DX = dX };
        ElementwiseArguments.Reverse(spans, InputNames.X);
        var dSoftness = Pass<T, TOperator, ReversePass>(@operator, spans, y, z, T.Zero, T.Zero, T.Zero, out var sumY, out var sumZ);
        (dY, dZ) = (T.CreateTruncating(sumY), T.CreateTruncating(sumZ));
        return T.CreateTruncating(dSoftness);
    }

    public static void MapJvp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, T y, Span<T> destination, ReadOnlySpan<T> tX, T tY, Span<T> tDestination, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => MapJvp(@operator, x, y, y, destination, tX, tY, T.Zero, tDestination, tSoftness);

    public static void MapJvp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, T y, T z, Span<T> destination, ReadOnlySpan<T> tX, T tY, T tZ, Span<T> tDestination, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var spans = new PointwiseSpans<T> { X = x, Value = destination, TX = tX, TValue = tDestination };
        ElementwiseArguments.Forward(spans, InputNames.X);
        Pass<T, TOperator, ForwardPass>(@operator, spans, y, z, tY, tZ, tSoftness, out _, out _);
    }

    /// <summary>One pass over spans that have been checked, with numbers for y and z. An operator of two inputs ignores z.</summary>
    /// <returns>The cotangent of the softness in a reverse pass. Those of the numbers are sums over the elements.</returns>
    private static double Pass<T, TOperator, TPass>(
        TOperator @operator, scoped in PointwiseSpans<T> spans, T y, T z, T tY, T tZ, T tSoftness, out double dY, out double dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
        where TPass : struct, IPass
    {
        var count = spans.X.Length;
        var most = Math.Min(count, Repetitions);
        using var memory = Scratch.Rent<T>(4 * most);
        var repeatedY = memory.Span[..most];
        var repeatedZ = memory.Span.Slice(most, most);
        repeatedY.Fill(y);
        repeatedZ.Fill(z);

        // Their tangents, or the gradients to be summed: no pass has both.
        var alongY = memory.Span.Slice(2 * most, most);
        var alongZ = memory.Span[(3 * most)..];
        if (TPass.IsForward)
        {
            alongY.Fill(tY);
            alongZ.Fill(tZ);
        }

        (dY, dZ) = (0, 0);
        var dSoftness = 0.0;
        for (var start = 0; start < count; start += most)
        {
            var length = Math.Min(most, count - start);
            var block = spans.Part(start, length) with
            {
                Y = repeatedY[..length],
                Z = repeatedZ[..length],
                TY = alongY[..length],
                TZ = alongZ[..length],
                DY = alongY[..length],
                DZ = alongZ[..length],
            };
            dSoftness += Pass<T, TOperator, TPass>(@operator, block, tSoftness);
            if (!TPass.IsReverse) continue;
            dY += Strided.Sum(block.DY);
            if (TOperator.Names.Inputs.Length > 2) dZ += Strided.Sum(block.DZ);
        }

        return dSoftness;
    }
}
