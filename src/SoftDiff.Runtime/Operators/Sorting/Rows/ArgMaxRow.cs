namespace SoftDiff;

/// <summary>The soft index of the largest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
internal readonly struct ArgMaxRow<T>(SortOptions<T> options, LogOptions<T> log = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SoftIndexRow _row = new(options.ForIndices(), Selection.Largest, log.Checked());

    // Only for float: in double the other way keeps more digits of derivatives that are nearly 0.
    private bool IsSoftmax => typeof(T) == typeof(float) && options is { Method: SortMethod.SoftSort, Mode: SoftMode.Smooth } && !log.Wanted;

    private SoftmaxRow<T> Softmax => new(options.Softness, options.Standardize);

    public RowShape Shape(int length) => _row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y)
    {
        if (!IsSoftmax || !Softmax.TryValue(x, y)) InDouble.Value(_row, x, y);
    }

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) =>
        IsSoftmax && Softmax.TryVjp(x, y, cY, dX, out var cSoftness) ? cSoftness : InDouble.Vjp(_row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        if (!IsSoftmax || !Softmax.TryJvp(x, tX, tSoftness, y, tY)) InDouble.Jvp(_row, x, tX, tSoftness, y, tY);
    }
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
