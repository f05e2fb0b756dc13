namespace SoftDiff;

/// <summary>
/// All elementwise operators: value, reverse and forward mode, for numbers and for spans. Where there is no softness its cotangent and tangent are 0.
/// </summary>
internal static partial class Elementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T, TOperator>(TOperator @operator, T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Value(@operator, x, x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T, TOperator>(TOperator @operator, T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Value(@operator, x, y, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T, TOperator>(TOperator @operator, T x, T y, T z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var action = new ScalarValue<T>(x, y, z);
        @operator.Choose(ref action);
        return action.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Vjp<T, TOperator>(TOperator @operator, T x, T cResult, out T dX, out T dSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Vjp(@operator, x, x, x, cResult, out dX, out _, out _, out dSoftness);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Vjp<T, TOperator>(TOperator @operator, T x, T y, T cResult, out T dX, out T dY, out T dSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Vjp(@operator, x, y, y, cResult, out dX, out dY, out _, out dSoftness);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Vjp<T, TOperator>(TOperator @operator, T x, T y, T z, T cResult, out T dX, out T dY, out T dZ, out T dSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var action = new ScalarPartials<T>(x, y, z);
        @operator.Choose(ref action);
        var partials = action.Partials;
        (dX, dY, dZ, dSoftness) = (cResult * partials.X, cResult * partials.Y, cResult * partials.Z, cResult * partials.Softness);
        return action.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Jvp<T, TOperator>(TOperator @operator, T x, T tX, T tSoftness, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Jvp(@operator, x, x, x, tX, T.Zero, T.Zero, tSoftness, out tResult);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Jvp<T, TOperator>(TOperator @operator, T x, T y, T tX, T tY, T tSoftness, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Jvp(@operator, x, y, y, tX, tY, T.Zero, tSoftness, out tResult);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Jvp<T, TOperator>(TOperator @operator, T x, T y, T z, T tX, T tY, T tZ, T tSoftness, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var action = new ScalarPartials<T>(x, y, z);
        @operator.Choose(ref action);
        var partials = action.Partials;
        tResult = (tX * partials.X) + (tY * partials.Y) + (tZ * partials.Z) + (tSoftness * partials.Softness);
        return action.Value;
    }

    public static void Map<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Map(@operator, new PointwiseSpans<T> { X = x, Value = destination });

    public static void Map<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Map(@operator, new PointwiseSpans<T> { X = x, Y = y, Value = destination });

    public static void Map<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Map(@operator, new PointwiseSpans<T> { X = x, Y = y, Z = z, Value = destination });

    public static T MapVjp<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        MapVjp(@operator, new PointwiseSpans<T> { X = x, Value = destination, CValue = cDestination, DX = dX });

    public static T MapVjp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX, Span<T> dY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        MapVjp(@operator, new PointwiseSpans<T> { X = x, Y = y, Value = destination, CValue = cDestination, DX = dX, DY = dY });

    public static T MapVjp<T, TOperator>(
        TOperator @operator,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> z,
        Span<T> destination,
        ReadOnlySpan<T> cDestination,
        Span<T> dX,
        Span<T> dY,
        Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        MapVjp(@operator, new PointwiseSpans<T> { X = x, Y = y, Z = z, Value = destination, CValue = cDestination, DX = dX, DY = dY, DZ = dZ });

    public static void MapJvp<T, TOperator>(
        TOperator @operator, ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        MapJvp(@operator, new PointwiseSpans<T> { X = x, Value = destination, TX = tX, TValue = tDestination }, tSoftness);

    public static void MapJvp<T, TOperator>(
        TOperator @operator,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        Span<T> destination,
        ReadOnlySpan<T> tX,
        ReadOnlySpan<T> tY,
        Span<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        MapJvp(@operator, new PointwiseSpans<T> { X = x, Y = y, Value = destination, TX = tX, TY = tY, TValue = tDestination }, tSoftness);

    public static void MapJvp<T, TOperator>(
        TOperator @operator,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> y,
        ReadOnlySpan<T> z,
        Span<T> destination,
        ReadOnlySpan<T> tX,
        ReadOnlySpan<T> tY,
        ReadOnlySpan<T> tZ,
        Span<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => MapJvp(
            @operator, new PointwiseSpans<T> { X = x, Y = y, Z = z, Value = destination, TX = tX, TY = tY, TZ = tZ, TValue = tDestination }, tSoftness);

    private static void Map<T, TOperator>(TOperator @operator, scoped in PointwiseSpans<T> spans)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        ElementwiseArguments.Map(spans, TOperator.Names);
        Pass<T, TOperator, ValuePass>(@operator, spans, T.Zero);
    }

    private static T MapVjp<T, TOperator>(TOperator @operator, scoped in PointwiseSpans<T> spans)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        ElementwiseArguments.Reverse(spans, TOperator.Names);
        return T.CreateTruncating(Pass<T, TOperator, ReversePass>(@operator, spans, T.Zero));
    }

    private static void MapJvp<T, TOperator>(TOperator @operator, scoped in PointwiseSpans<T> spans, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        ElementwiseArguments.Forward(spans, TOperator.Names);
        Pass<T, TOperator, ForwardPass>(@operator, spans, tSoftness);
    }

    /// <summary>One pass over spans that have been checked.</summary>
    /// <returns>The cotangent of the softness in a reverse pass.</returns>
    public static double Pass<T, TOperator, TPass>(TOperator @operator, scoped in PointwiseSpans<T> spans, T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
        where TPass : struct, IPass
    {
        var action = new SpanPass<T, TPass>(spans, tSoftness);
        @operator.Choose(ref action);
        return action.DSoftness;
    }
}
