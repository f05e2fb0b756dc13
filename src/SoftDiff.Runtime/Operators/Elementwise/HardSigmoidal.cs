namespace SoftDiff;

/// <summary>The step function, ½ at 0: p = σ(-m), and q hands a NaN on. Its derivatives are taken to be 0 everywhere.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct HardSigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => true;

    public static bool HasKinks => true;

    public static double Reach => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        q = TLanes.Multiply(m, TLanes.Constant(0));
        p = TLanes.Select(TLanes.Equal(m, TLanes.Constant(0)), TLanes.Constant(0.5), q);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => q;
}
