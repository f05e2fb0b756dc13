namespace SoftDiff;

/// <summary>The logistic function 1 / (1 + e⁻ᵘ): p = e⁻ᵐ and q = 1 / (1 + p).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SmoothSigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => false;

    public static double Reach
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Exponential.Underflow<T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        p = Exponential.Decay<T, TVector, TLanes>(m);
        q = TLanes.Divide(TLanes.Constant(1), TLanes.Add(TLanes.Constant(1), p));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(p, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Logarithm.LogOnePlus<T, TVector, TLanes>(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Multiply(p, q), q);

    /// <summary>σ (1 - σ) (1 - 2 σ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(TLanes.Multiply(p, TLanes.Subtract(TLanes.Constant(1), p)), TLanes.Multiply(q, TLanes.Multiply(q, q)));
}
