namespace SoftDiff;

/// <summary>
/// The segment |u| ≤ 5 in which the modes of bounded support are soft: v = u / 5 runs from -1 to 1, and the logistic function is near 0 and 1 at
/// its ends.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class Segment<T>
{
    public const double HalfWidth = 5;

    /// <summary>|v| and its distance from 1, which is 0 at the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Coordinates<TVector, TLanes>(TVector m, out TVector v, out TVector e)
        where TLanes : struct, ILanes<TVector, T>
    {
        v = TLanes.Multiply(m, Number<TVector, TLanes>(1 / HalfWidth));
        e = TLanes.Subtract(TLanes.Constant(1), v);
    }

    /// <summary>
    /// <paramref name="inside"/> from the lower end, which belongs to the segment, to the upper end, which does not; elsewhere 0. It is for what
    /// jumps there; <paramref name="e"/>, the distance from the ends, hands a NaN on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Within<TVector, TLanes>(TVector u, TVector e, TVector inside)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Select(
            TLanes.Less(u, TLanes.Constant(-HalfWidth)),
            TLanes.Constant(0),
            TLanes.Select(TLanes.Less(u, TLanes.Constant(HalfWidth)), inside, e));

    /// <summary>The number nearest to a fraction that <typeparamref name="T"/> may not hold exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Number<TVector, TLanes>(double value)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Constant(typeof(T) == typeof(double) ? value : (float)value);
}
