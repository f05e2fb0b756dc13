namespace SoftDiff;

/// <summary>The soft index of a quantile.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantile, from 0 to 1; clipped.</param>
/// <param name="quantileMethod">How to interpolate between two elements.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct ArgQuantileRow<T>(
    SortOptions<T> options, T q, QuantileMethod quantileMethod, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftIndexRow _row = new(options.ForIndices(), Selection.Quantile(InDouble.Number(q), quantileMethod), log.Checked());

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}

/// <summary>A soft quantile.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantile, from 0 to 1; clipped.</param>
/// <param name="quantileMethod">How to interpolate between two elements.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct QuantileRow<T>(SortOptions<T> options, T q, QuantileMethod quantileMethod, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftValueRow _row = new(options.ForValues(), Selection.Quantile(InDouble.Number(q), quantileMethod), gatedGrad);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
