namespace SoftDiff;

/// <summary>The values that replace a function outside its domain.</summary>
internal static class Outside
{
    /// <summary>The function where <paramref name="isInside"/> is set, 0 elsewhere, and NaN for a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Or<T, TVector, TLanes>(TVector isInside, TVector function, TVector x)
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Select(isInside, function, NotANumber.Or<T, TVector, TLanes>(x, TLanes.Constant(0)));

    /// <summary>The derivative of the arcsine for |x| &lt; 1, 1 / √((1 - x) (1 + x)), else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ArcsineSlope<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var one = TLanes.Constant(1);
        var square = TLanes.Multiply(TLanes.Subtract(one, x), TLanes.Add(one, x));
        return Or<T, TVector, TLanes>(TLanes.Less(TLanes.Abs(x), one), TLanes.Divide(one, TLanes.Sqrt(square)), x);
    }

    /// <summary>x, but not beyond -1 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Unit<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var (low, high) = (TLanes.Constant(-1), TLanes.Constant(1));
        return TLanes.Select(TLanes.Less(x, low), low, TLanes.Select(TLanes.Less(high, x), high, x));
    }
}
