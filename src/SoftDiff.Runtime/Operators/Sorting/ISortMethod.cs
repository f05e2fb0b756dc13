namespace SoftDiff;

/// <summary>A method that sorts a row by itself, not by a soft permutation. The row is squashed already if that was requested.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ISortMethod<T>
    where T : unmanaged
{
    /// <summary><paramref name="y"/> = the elements of <paramref name="w"/> in ascending order, softly.</summary>
    void Sort(ReadOnlySpan<T> w, Span<T> y);

    /// <summary>
    /// Overwrites <paramref name="y"/> as <see cref="Sort"/> does, requests the cotangents of the result, overwrites <paramref name="dW"/>,
    /// and returns the cotangent of the softness.
    /// </summary>
    T SortVjp<TCotangent>(ReadOnlySpan<T> w, Span<T> y, ref TCotangent cotangent, Span<T> dW)
        where TCotangent : struct, ISortCotangent<T>, allows ref struct;

    /// <summary>Overwrites <paramref name="y"/> and <paramref name="tY"/>.</summary>
    void SortJvp(ReadOnlySpan<T> w, ReadOnlySpan<T> tW, T tSoftness, Span<T> y, Span<T> tY);
}

/// <summary>The cotangents of a sorted row, which may depend on it, so that they are known only once it is.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface ISortCotangent<T>
{
    /// <summary><paramref name="cY"/> = the cotangents of <paramref name="y"/>.</summary>
    void Of(ReadOnlySpan<T> y, Span<T> cY);
}

/// <summary>A method that ranks a row by itself. Ranks run from 1 to n. The row is squashed already if that was requested.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IRankMethod<T>
    where T : unmanaged
{
    /// <summary><paramref name="y"/>[i] = the soft rank of w[i]; with <paramref name="descending"/> the largest has the rank 1.</summary>
    void Rank(ReadOnlySpan<T> w, bool descending, Span<T> y);

    /// <summary>Overwrites <paramref name="dW"/>, and returns the cotangent of the softness. <paramref name="y"/> is written unless it is empty.</summary>
    T RankVjp(ReadOnlySpan<T> w, bool descending, Span<T> y, ReadOnlySpan<T> cY, Span<T> dW);

    /// <summary>Overwrites <paramref name="y"/> and <paramref name="tY"/>.</summary>
    void RankJvp(ReadOnlySpan<T> w, bool descending, ReadOnlySpan<T> tW, T tSoftness, Span<T> y, Span<T> tY);
}
