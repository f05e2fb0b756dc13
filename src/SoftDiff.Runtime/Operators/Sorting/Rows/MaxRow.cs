namespace SoftDiff;

/// <summary>The soft largest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct MaxRow<T>(SortOptions<T> options, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftValueRow _row = new(options.ForValues(), Selection.Largest, gatedGrad);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}

/// <summary>The soft smallest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct MinRow<T>(SortOptions<T> options, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Negated<SoftValueRow> _row =
        new(new SoftValueRow(options.ForValues(), Selection.Largest, gatedGrad), negatesValues: true);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
