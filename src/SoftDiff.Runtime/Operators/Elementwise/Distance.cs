namespace SoftDiff;

/// <summary>Differences of numbers that may be infinite.</summary>
internal static class Distance
{
    /// <summary>x - y, and 0 where they are equal, equal infinities too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Between<T, TVector, TLanes>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Select(TLanes.Equal(x, y), TLanes.Constant(0), TLanes.Subtract(x, y));
}
