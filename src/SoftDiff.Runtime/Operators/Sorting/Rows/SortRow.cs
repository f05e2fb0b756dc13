namespace SoftDiff;

/// <summary>The soft indices of all elements in order.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest element comes first.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct ArgSortRow<T>(SortOptions<T> options, bool descending, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftIndexRow _row = new(options.ForIndices(), Selection.All(descending), log.Checked());

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}

/// <summary>All elements in soft order.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest element comes first.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct SortRow<T>(SortOptions<T> options, bool descending, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftValueRow _row = new(options.ForValues(), Selection.All(descending), gatedGrad);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
