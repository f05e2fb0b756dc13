namespace SoftDiff;

/// <summary>
/// (1 + v) / 2. Here and in the other polynomials p = |v| and q = 1 - |v|. Results that are small near the ends are products with q, so
/// they keep their digits.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct C0Sigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => true;

    public static double Reach => Segment<T>.HalfWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Segment<T>.Coordinates<TVector, TLanes>(m, out p, out q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Constant(0.5), q);

    /// <summary>5 (1 - v)² / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Constant(Segment<T>.HalfWidth / 4), TLanes.Multiply(q, q));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        Segment<T>.Within<TVector, TLanes>(u, q, Segment<T>.Number<TVector, TLanes>(0.5 / Segment<T>.HalfWidth));

    /// <summary>0, and NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(q, TLanes.Constant(0));
}

/// <summary>½ + 3 v / 4 - v³ / 4.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct C1Sigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => true;

    public static double Reach => Segment<T>.HalfWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Segment<T>.Coordinates<TVector, TLanes>(m, out p, out q);

    /// <summary>(1 - v)² (2 + v) / 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(TLanes.Multiply(q, q), TLanes.MultiplyAdd(p, TLanes.Constant(0.25), TLanes.Constant(0.5)));

    /// <summary>5 (1 - v)³ (3 + v) / 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(
            TLanes.Multiply(q, TLanes.Multiply(q, q)),
            TLanes.MultiplyAdd(p, TLanes.Constant(Segment<T>.HalfWidth / 16), TLanes.Constant(3 * Segment<T>.HalfWidth / 16)));

    /// <summary>3 (1 - v²) / 20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(
            TLanes.MultiplyAdd(p, q, q), Segment<T>.Number<TVector, TLanes>(0.75 / Segment<T>.HalfWidth));

    /// <summary>3 v / 50.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Segment<T>.Within<TVector, TLanes>(
            u, q, TLanes.Multiply(p, Segment<T>.Number<TVector, TLanes>(1.5 / (Segment<T>.HalfWidth * Segment<T>.HalfWidth))));
}

/// <summary>½ + 15 v / 16 - 5 v³ / 8 + 3 v⁵ / 16.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct C2Sigmoidal<T> : ISigmoidal<T>
{
    public static bool IsHard => false;

    public static bool HasKinks => true;

    public static double Reach => Segment<T>.HalfWidth;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prepare<TVector, TLanes>(TVector m, out TVector p, out TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Segment<T>.Coordinates<TVector, TLanes>(m, out p, out q);

    /// <summary>(1 - v)³ (8 + 9 v + 3 v²) / 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Low<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var factor = TLanes.MultiplyAdd(TLanes.MultiplyAdd(p, TLanes.Constant(3.0 / 16), TLanes.Constant(9.0 / 16)), p, TLanes.Constant(0.5));
        return TLanes.Multiply(TLanes.Multiply(q, TLanes.Multiply(q, q)), factor);
    }

    /// <summary>5 (1 - v)⁴ (5 + 4 v + v²) / 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tail<TVector, TLanes>(TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var unit = Segment<T>.HalfWidth / 32;
        var factor = TLanes.MultiplyAdd(TLanes.MultiplyAdd(p, TLanes.Constant(unit), TLanes.Constant(4 * unit)), p, TLanes.Constant(5 * unit));
        var square = TLanes.Multiply(q, q);
        return TLanes.Multiply(TLanes.Multiply(square, square), factor);
    }

    /// <summary>3 (1 - v²)² / 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var r = TLanes.MultiplyAdd(p, q, q);
        return TLanes.Multiply(TLanes.Multiply(r, r), TLanes.Constant(3.0 / 16));
    }

    /// <summary>3 v (1 - v²) / 20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Curvature<TVector, TLanes>(TVector u, TVector p, TVector q)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(
            TLanes.Multiply(p, TLanes.MultiplyAdd(p, q, q)),
            Segment<T>.Number<TVector, TLanes>(3.75 / (Segment<T>.HalfWidth * Segment<T>.HalfWidth)));
}
