using System.Numerics;

namespace SoftDiff;

/// <summary>The soft index of the largest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct ArgMaxRow<T>(SortOptions<T> options, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftIndexRow _row = new(options.ForIndices(), Selection.Largest, log.Checked());

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}

/// <summary>The soft index of the smallest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct ArgMinRow<T>(SortOptions<T> options, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Negated<SoftIndexRow> _row =
        new(new SoftIndexRow(options.ForIndices(), Selection.Largest, log.Checked()), negatesValues: false);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(_row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) =>
        InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
}
