namespace SoftDiff;

/// <summary>The soft ranks of all elements, from 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest element has the rank 1.</param>
internal readonly struct RankRow<T>(SortOptions<T> options, bool descending) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftRankRow _row = new(options.ForValues(), descending);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
