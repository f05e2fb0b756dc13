namespace SoftDiff;

/// <summary>An element that is NaN in an input is NaN in the value and in all derivatives.</summary>
internal static class NotANumber
{
    /// <summary>x where it is NaN, and what is given instead elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Or<T, TVector, TLanes>(TVector x, TVector instead)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Select(TLanes.Equal(x, x), instead, x);

    /// <summary>
    /// Makes the partials NaN where the value is. Only for functions that are linear in an input, whose partials do not see its NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Spread<T, TVector, TLanes>(TVector value, ref Partials<TVector> partials)
        where TLanes : struct, ILanes<TVector, T>
    {
        partials.X = Or<T, TVector, TLanes>(value, partials.X);
        partials.Y = Or<T, TVector, TLanes>(value, partials.Y);
        partials.Z = Or<T, TVector, TLanes>(value, partials.Z);
        return value;
    }
}
