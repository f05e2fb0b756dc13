using System.Numerics;

namespace SoftDiff;

/// <summary>The soft indices of all elements in order.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest comes first.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
/// <param name="logEpsilon">The least probability before its logarithm is taken; 0 for none.</param>
internal readonly struct ArgSortRow<T>(SortOptions<T> options, bool descending = false, bool log = false, T logEpsilon = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SoftIndexRow Row => new(options.Widened, new Selection(RowKind.ArgSort, Descending: descending), log, InDouble.Number(logEpsilon));

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}

/// <summary>All elements in soft order.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="descending">Whether the largest comes first.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct SortRow<T>(SortOptions<T> options, bool descending = false, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SoftValueRow Row => new(options.Widened, new Selection(RowKind.ArgSort, Descending: descending), gatedGrad);

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}
