namespace SoftDiff;

/// <summary>Row operators that make one number of a row, for rows of the caller.</summary>
internal static class Reduction
{
    public static T Value<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        SoftArguments.NotEmpty(x.Length, nameof(x));
        var y = T.Zero;
        @operator.Value(x, new Span<T>(ref y));
        return y;
    }

    /// <summary>Overwrites <paramref name="dX"/>, which may start where <paramref name="x"/> does if the operator allows it.</summary>
    public static T Vjp<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, T cResult, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        ElementwiseArguments.Map(new PointwiseSpans<T> { X = x, Value = dX }, InputNames.X, nameof(dX));
        var y = T.Zero;
        @operator.Vjp(x, new Span<T>(ref y), new ReadOnlySpan<T>(in cResult), dX);
        return y;
    }

    public static T Jvp<T, TOperator>(TOperator @operator, ReadOnlySpan<T> x, ReadOnlySpan<T> tX, out T tResult)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IRowOperator<T>
    {
        SoftArguments.NotEmpty(x.Length, nameof(x));
        Shape.SameLength(tX.Length, x.Length, nameof(tX), nameof(x));
        (var y, tResult) = (T.Zero, T.Zero);
        @operator.Jvp(x, tX, T.Zero, new Span<T>(ref y), new Span<T>(ref tResult));
        return y;
    }
}
