namespace SoftDiff;

/// <summary>The work on each row: value, reverse mode or forward mode. Each job reads at most two rows and writes at most two.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IRowJob<T>
{
    /// <summary>The results of all rows are added up.</summary>
    T Run(ReadOnlySpan<T> x, ReadOnlySpan<T> more, Span<T> y, Span<T> derivative);
}

/// <summary>x to y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOperator">The operator.</typeparam>
internal readonly struct ValueJob<T, TOperator>(TOperator @operator) : IRowJob<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperator : struct, IRowOperator<T>
{
    public T Run(ReadOnlySpan<T> x, ReadOnlySpan<T> more, Span<T> y, Span<T> derivative)
    {
        @operator.Value(x, y);
        return T.Zero;
    }
}

/// <summary>x and the cotangent of y to y and the cotangent of x, and the cotangent of the softness.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOperator">The operator.</typeparam>
internal readonly struct VjpJob<T, TOperator>(TOperator @operator) : IRowJob<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperator : struct, IRowOperator<T>
{
    public T Run(ReadOnlySpan<T> x, ReadOnlySpan<T> more, Span<T> y, Span<T> derivative) => @operator.Vjp(x, y, more, derivative);
}

/// <summary>x and its tangent to y and its tangent.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TOperator">The operator.</typeparam>
internal readonly struct JvpJob<T, TOperator>(TOperator @operator, T tSoftness) : IRowJob<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOperator : struct, IRowOperator<T>
{
    public T Run(ReadOnlySpan<T> x, ReadOnlySpan<T> more, Span<T> y, Span<T> derivative)
    {
        @operator.Jvp(x, more, tSoftness, y, derivative);
        return T.Zero;
    }
}
