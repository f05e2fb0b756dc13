namespace SoftDiff;

/// <summary>
/// The soft absolute value |d| (2σ(|d|) - 1) in units of the softness, for 0 ≤ d below <see cref="Reach"/>; from there on it is d, but for less than
/// rounding. Functions take d and exp(-d).
/// </summary>
internal interface ISoftDistance
{
    static abstract double Reach { get; }

    /// <summary>Whether exp(-d) is used.</summary>
    static abstract bool IsExponential { get; }

    static abstract TVector Value<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>;

    static abstract TVector Slope<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>;

    /// <summary>d times the slope, less the value: how far the soft distance is from being proportional to d.</summary>
    static abstract TVector Excess<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>;
}

/// <summary>With the logistic function, 2σ(d) - 1 = (1 - e) / (1 + e) for e = exp(-d).</summary>
internal readonly struct SmoothDistance : ISoftDistance
{
    public static double Reach => 45;

    public static bool IsExponential => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Multiply(d, TLanes.Multiply(TLanes.Subtract(TLanes.Constant(1), e), Share<TVector, TLanes>(e)));

    // (1 - e) / (1 + e) + 2 d e / (1 + e)² = (1 - e² + 2 d e) / (1 + e)².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var (one, share) = (TLanes.Constant(1), Share<TVector, TLanes>(e));
        var odd = TLanes.Multiply(TLanes.Subtract(one, e), TLanes.Add(one, e));
        return TLanes.Multiply(TLanes.MultiplyAdd(TLanes.Add(d, d), e, odd), TLanes.Multiply(share, share));
    }

    // 2 d² e / (1 + e)².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Excess<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var share = Share<TVector, TLanes>(e);
        return TLanes.Multiply(TLanes.Multiply(TLanes.Multiply(TLanes.Add(d, d), e), TLanes.Multiply(share, share)), d);
    }

    // 1 / (1 + e), in this form everywhere, so that the JIT sees that one division does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Share<TVector, TLanes>(TVector e)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Divide(TLanes.Constant(1), TLanes.Add(TLanes.Constant(1), e));
}

/// <summary>With a piecewise linear σ: d v for v = d / 5.</summary>
internal readonly struct LinearDistance : ISoftDistance
{
    public static double Reach => 5;

    public static bool IsExponential => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(d, TLanes.Multiply(d, TLanes.Constant(0.2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double> => TLanes.Multiply(d, TLanes.Constant(0.4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Excess<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double> => Value<TVector, TLanes>(d, e);
}

/// <summary>With a piecewise cubic σ: d (3v - v³) / 2 for v = d / 5.</summary>
internal readonly struct CubicDistance : ISoftDistance
{
    public static double Reach => 5;

    public static bool IsExponential => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        var factor = TLanes.MultiplyAdd(TLanes.Multiply(v, v), TLanes.Constant(-0.5), TLanes.Constant(1.5));
        return TLanes.Multiply(d, TLanes.Multiply(v, factor));
    }

    // 3v - 2v³.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        return TLanes.Multiply(v, TLanes.MultiplyAdd(TLanes.Multiply(v, v), TLanes.Constant(-2), TLanes.Constant(3)));
    }

    // 3 d v (1 - v²) / 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Excess<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        var factor = TLanes.MultiplyAdd(TLanes.Multiply(v, v), TLanes.Constant(-1.5), TLanes.Constant(1.5));
        return TLanes.Multiply(d, TLanes.Multiply(v, factor));
    }
}

/// <summary>With a piecewise quintic σ: d (15v - 10v³ + 3v⁵) / 8 for v = d / 5.</summary>
internal readonly struct QuinticDistance : ISoftDistance
{
    public static double Reach => 5;

    public static bool IsExponential => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        var square = TLanes.Multiply(v, v);
        var factor = TLanes.MultiplyAdd(square, TLanes.Constant(0.375), TLanes.Constant(-1.25));
        factor = TLanes.MultiplyAdd(square, factor, TLanes.Constant(1.875));
        return TLanes.Multiply(d, TLanes.Multiply(v, factor));
    }

    // (30v - 40v³ + 18v⁵) / 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        var square = TLanes.Multiply(v, v);
        var factor = TLanes.MultiplyAdd(square, TLanes.Constant(2.25), TLanes.Constant(-5));
        return TLanes.Multiply(v, TLanes.MultiplyAdd(square, factor, TLanes.Constant(3.75)));
    }

    // 15 d v (1 - v²)² / 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Excess<TVector, TLanes>(TVector d, TVector e)
        where TLanes : struct, ILanes<TVector, double>
    {
        var v = TLanes.Multiply(d, TLanes.Constant(0.2));
        var rest = TLanes.Subtract(TLanes.Constant(1), TLanes.Multiply(v, v));
        return TLanes.Multiply(TLanes.Multiply(d, TLanes.Multiply(v, TLanes.Constant(1.875))), TLanes.Multiply(rest, rest));
    }
}
