using System.Numerics;

namespace SoftDiff;

/// <summary>The soft index of the largest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
/// <param name="logEpsilon">The least probability before its logarithm is taken; 0 for none.</param>
internal readonly struct ArgMaxRow<T>(SortOptions<T> options, bool log = false, T logEpsilon = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SoftIndexRow Row => new(options.Widened, new Selection(RowKind.ArgMax), log, InDouble.Number(logEpsilon));

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}

/// <summary>The soft index of the smallest element.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
/// <param name="logEpsilon">The least probability before its logarithm is taken; 0 for none.</param>
internal readonly struct ArgMinRow<T>(SortOptions<T> options, bool log = false, T logEpsilon = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Negated<SoftIndexRow> Row => new(new SoftIndexRow(options.Widened, new Selection(RowKind.ArgMax), log, InDouble.Number(logEpsilon)), negatesValues: false);

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}
