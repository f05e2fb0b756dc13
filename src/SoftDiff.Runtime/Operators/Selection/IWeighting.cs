namespace SoftDiff;

/// <summary>
/// A result that is linear in a row of elements and linear in the probabilities of its soft indices. Rows share no memory.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IWeighting<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many probabilities there are for a row of n elements and a result of a length; -1 if there is no such result.</summary>
    static abstract long IndexLength(int n, int length);

    /// <summary>Overwrites <paramref name="y"/>.</summary>
    static abstract void Value(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y);

    /// <summary>Adds the cotangent of the elements to <paramref name="dX"/>.</summary>
    static abstract void AddPullbackOfElements(ReadOnlySpan<T> p, ReadOnlySpan<T> cY, Span<T> dX);

    /// <summary>Adds the cotangent of the probabilities to <paramref name="dP"/>.</summary>
    static abstract void AddPullbackOfIndex(ReadOnlySpan<T> x, ReadOnlySpan<T> cY, Span<T> dP);
}

/// <summary>y[i] = Σ x[j] p[i, j].</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Average<T> : IWeighting<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static long IndexLength(int n, int length) => (long)n * length;

    public static void Value(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y)
    {
        for (var i = 0; i < y.Length; i++, p = p[x.Length..])
        {
            y[i] = T.CreateTruncating(Lanewise.Sum(x, p[..x.Length], default(Product<T>)));
        }
    }

    public static void AddPullbackOfElements(ReadOnlySpan<T> p, ReadOnlySpan<T> cY, Span<T> dX)
    {
        for (var i = 0; i < cY.Length; i++, p = p[dX.Length..]) Lanewise.Map(dX, p[..dX.Length], dX, new PlusScaled<T>(cY[i]));
    }

    public static void AddPullbackOfIndex(ReadOnlySpan<T> x, ReadOnlySpan<T> cY, Span<T> dP)
    {
        for (var i = 0; i < cY.Length; i++, dP = dP[x.Length..])
        {
            var row = dP[..x.Length];
            Lanewise.Map(row, x, row, new PlusScaled<T>(cY[i]));
        }
    }
}

/// <summary>
/// y[t] = Σ x[(j + t) mod n] p[j]: reads as many elements as y has from a soft position on, and continues with the first element after the
/// last.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct CircularSlice<T> : IWeighting<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static long IndexLength(int n, int length) => length <= n ? n : -1;

    public static void Value(ReadOnlySpan<T> x, ReadOnlySpan<T> p, Span<T> y)
    {
        for (var t = 0; t < y.Length; t++)
        {
            var wrap = x.Length - t;
            y[t] = T.CreateTruncating(
                Lanewise.Sum(x[t..], p[..wrap], default(Product<T>)) + Lanewise.Sum(x[..t], p[wrap..], default(Product<T>)));
        }
    }

    public static void AddPullbackOfElements(ReadOnlySpan<T> p, ReadOnlySpan<T> cY, Span<T> dX)
    {
        for (var t = 0; t < cY.Length; t++)
        {
            var wrap = dX.Length - t;
            var (times, last, first) = (new PlusScaled<T>(cY[t]), t.., ..t);
            Lanewise.Map(dX[last], p[..wrap], dX[last], times);
            Lanewise.Map(dX[first], p[wrap..], dX[first], times);
        }
    }

    public static void AddPullbackOfIndex(ReadOnlySpan<T> x, ReadOnlySpan<T> cY, Span<T> dP)
    {
        for (var t = 0; t < cY.Length; t++)
        {
            var wrap = x.Length - t;
            var (times, first, last) = (new PlusScaled<T>(cY[t]), ..wrap, wrap..);
            Lanewise.Map(dP[first], x[t..], dP[first], times);
            Lanewise.Map(dP[last], x[..t], dP[last], times);
        }
    }
}
