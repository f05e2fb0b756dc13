namespace SoftDiff;

/// <summary>
/// A method that computes the rows of a soft permutation all at once (optimal transport, sorting network). The row of elements is squashed already
/// where that was asked for.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPlanMethod<T>
    where T : unmanaged
{
    /// <summary>
    /// Writes the requested rows to <paramref name="p"/> in row-major order; each is a soft index of n = w.Length entries. With
    /// <paramref name="log"/> it writes logarithms (-∞ for 0), if the method has an accurate form of them.
    /// </summary>
    void Rows(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p);

    /// <summary>Overwrites <paramref name="dW"/>, and returns the cotangent of the softness. <paramref name="p"/> is written unless it is empty.</summary>
    T RowsVjp(ReadOnlySpan<T> w, in RowRequest request, bool log, Span<T> p, ReadOnlySpan<T> cP, Span<T> dW);

    /// <summary>Overwrites <paramref name="p"/> and <paramref name="tP"/>.</summary>
    void RowsJvp(ReadOnlySpan<T> w, in RowRequest request, bool log, ReadOnlySpan<T> tW, T tSoftness, Span<T> p, Span<T> tP);
}

/// <summary>The requested rows of the soft permutation.</summary>
internal enum RowKind
{
    /// <summary>One row: the largest element.</summary>
    ArgMax,

    /// <summary>n rows: all positions.</summary>
    ArgSort,

    /// <summary>k rows: the largest elements, in descending order.</summary>
    TopK,

    /// <summary>One row, or with <see cref="RowRequest.HasNext"/> two: the order statistic k, and the one after it.</summary>
    Quantile,
}

/// <summary>The requested rows of the soft permutation.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="K">How many rows for <see cref="RowKind.TopK"/>; the position from 0, ascending, for <see cref="RowKind.Quantile"/>.</param>
/// <param name="Descending">The order, for <see cref="RowKind.ArgSort"/>.</param>
/// <param name="HasNext">Whether the row after K (at most the last) is requested too, for <see cref="RowKind.Quantile"/>.</param>
internal readonly record struct RowRequest(RowKind Kind, int K = 0, bool Descending = false, bool HasNext = false)
{
    public int Count(int n) => Kind switch
    {
        RowKind.ArgSort => n,
        RowKind.TopK => K,
        RowKind.Quantile when HasNext => 2,
        _ => 1,
    };

    /// <summary>The position from 0 in ascending order that the row of an index belongs to.</summary>
    public int Position(int index, int n) => Kind switch
    {
        RowKind.ArgSort when !Descending => index,
        RowKind.Quantile => Math.Min(K + index, n - 1),
        _ => n - 1 - index,
    };
}
