namespace SoftDiff;

/// <summary>max(x, floor), where the floor is a number.</summary>
internal static class Floor
{
    /// <summary>By comparison, since the maximum of vectors may lose a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<T, TVector, TLanes>(TVector x, TVector floor)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Select(TLanes.Less(x, floor), floor, x);

    /// <summary>Its derivative: 1 above the floor, ½ at it, 0 below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<T, TVector, TLanes>(TVector x, TVector floor)
        where TLanes : struct, ILanes<TVector, T>
    {
        var above = TLanes.Select(TLanes.Equal(x, floor), TLanes.Constant(0.5), TLanes.Constant(1));
        return TLanes.Select(TLanes.Less(x, floor), TLanes.Constant(0), above);
    }
}
