namespace SoftDiff;

/// <summary>The soft indices of the k largest elements, the largest first.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="k">How many, from 1 to the length of the row.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct TopKIndexRow<T>(SortOptions<T> options, int k, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftIndexRow _row = new(options.ForIndices(), Selection.Top(k), log.Checked());

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}

/// <summary>The k largest elements softly, the largest first.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="k">How many, from 1 to the length of the row.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct TopKRow<T>(SortOptions<T> options, int k, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftValueRow _row = new(options.ForValues(), Selection.Top(k), gatedGrad);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
