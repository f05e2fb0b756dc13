namespace SoftDiff;

/// <summary>Rounds to integers. NaN stays NaN.</summary>
internal static class Rounding
{
    /// <summary>The nearest integer, the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Nearest<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        // From here on all numbers are integers, so adding it leaves no room for a fraction.
        var carrier = TLanes.Constant(typeof(T) == typeof(double) ? 4503599627370496.0 : 8388608.0);
        var magnitude = TLanes.Abs(x);
        var rounded = TLanes.Subtract(TLanes.Add(magnitude, carrier), carrier);
        var sign = TLanes.And(x, TLanes.Bits(typeof(T) == typeof(double) ? 1UL << 63 : 1UL << 31));
        return TLanes.Select(TLanes.Less(magnitude, carrier), TLanes.Or(rounded, sign), x);
    }

    /// <summary>The largest integer not above x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Floor<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var nearest = Nearest<T, TVector, TLanes>(x);
        return TLanes.Select(TLanes.Less(x, nearest), TLanes.Subtract(nearest, TLanes.Constant(1)), nearest);
    }
}
