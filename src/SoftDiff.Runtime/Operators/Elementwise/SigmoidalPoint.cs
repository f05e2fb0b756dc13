namespace SoftDiff;

/// <summary>The sigmoidal function and what belongs to it at u = x / s, from which the operators are put together.</summary>
/// <remarks>Nothing here is infinite or NaN for infinite or huge x; NaN gives NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TSigmoidal">The mode.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal readonly struct SigmoidalPoint<T, TSigmoidal, TVector, TLanes>
    where TSigmoidal : struct, ISigmoidal<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly TVector _u, _p, _q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SigmoidalPoint(TVector u)
    {
        // All by way of locals, since fields that are read or have their address taken in here would stay in memory.
        var magnitude = TLanes.AtMost(TLanes.WithoutSign(u), TLanes.Constant(TSigmoidal.Reach));
        TSigmoidal.Prepare<TVector, TLanes>(magnitude, out var p, out var q);
        _u = u;
        _p = p;
        _q = q;
        Magnitude = magnitude;
    }

    /// <summary>|u|, but not more than the reach of the mode.</summary>
    public TVector Magnitude { get; }

    /// <summary>-u, but not beyond the reach of the mode.</summary>
    public TVector Opposite
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.WithOppositeSign(Magnitude, _u);
    }

    /// <summary>σ(u).</summary>
    public TVector Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.SelectNegative(_u, Low, TLanes.Subtract(TLanes.Constant(1), Low));
    }

    /// <summary>1 - σ(u), with all digits.</summary>
    public TVector Complement
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.SelectNegative(_u, TLanes.Subtract(TLanes.Constant(1), Low), Low);
    }

    /// <summary>2 σ(|u|) - 1.</summary>
    public TVector Contrast
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Subtract(TLanes.Constant(1), TLanes.Add(Low, Low));
    }

    /// <summary>2 σ(u) - 1.</summary>
    public TVector Sign
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.SelectNegative(_u, TLanes.Negate(Contrast), Contrast);
    }

    /// <summary>σ(-|u|).</summary>
    public TVector Low
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSigmoidal.Low<TVector, TLanes>(_p, _q);
    }

    /// <summary>The integral of σ from -∞ to -|u|.</summary>
    public TVector Tail
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSigmoidal.Tail<TVector, TLanes>(_p, _q);
    }

    /// <summary>σ′(u), with respect to u.</summary>
    public TVector Slope
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSigmoidal.Slope<TVector, TLanes>(_u, _p, _q);
    }

    /// <summary>σ″(u), with respect to u.</summary>
    public TVector Curvature
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var curvature = TSigmoidal.Curvature<TVector, TLanes>(_u, _p, _q);
            return TLanes.SelectNegative(_u, curvature, TLanes.Negate(curvature));
        }
    }
}
