using System.Numerics;

namespace SoftDiff;

/// <summary>The soft index of a quantile.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantile, from 0 to 1.</param>
/// <param name="quantileMethod">What to take between two elements.</param>
/// <param name="log">Whether logarithms of the probabilities are wanted.</param>
/// <param name="logEpsilon">The least probability before its logarithm is taken; 0 for none.</param>
internal readonly struct ArgQuantileRow<T>(SortOptions<T> options, T q, QuantileMethod quantileMethod = QuantileMethod.Linear, bool log = false, T logEpsilon = default) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SoftIndexRow Row =>
        new(options.Widened, new Selection(RowKind.Quantile, Q: InDouble.Number(q), QuantileMethod: quantileMethod), log, InDouble.Number(logEpsilon));

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}

/// <summary>A soft quantile.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="q">The quantile, from 0 to 1.</param>
/// <param name="quantileMethod">What to take between two elements.</param>
/// <param name="gatedGrad">Whether the soft permutation is differentiated too, and not only what it averages.</param>
internal readonly struct QuantileRow<T>(SortOptions<T> options, T q, QuantileMethod quantileMethod = QuantileMethod.Linear, bool gatedGrad = true) : IRowOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SoftValueRow Row =>
        new(options.Widened, new Selection(RowKind.Quantile, Q: InDouble.Number(q), QuantileMethod: quantileMethod), gatedGrad);

    public RowShape Shape(int length) => Row.Shape(length);

    public void Value(ReadOnlySpan<T> x, Span<T> y) => InDouble.Value(Row, x, y);

    public T Vjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX) => InDouble.Vjp(Row, x, y, cY, dX);

    public void Jvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY) => InDouble.Jvp(Row, x, tX, tSoftness, y, tY);
}
