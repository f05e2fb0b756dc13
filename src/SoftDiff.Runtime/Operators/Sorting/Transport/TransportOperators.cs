namespace SoftDiff;

/// <summary>max(y, a x + b).</summary>
internal readonly struct LargerAffine(double a, double b) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Max(y, TLanes.MultiplyAdd(x, TLanes.Broadcast(a), TLanes.Broadcast(b)));
}

/// <summary>a x + b - y.</summary>
internal readonly struct AffineDifference(double a, double b) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Subtract(TLanes.MultiplyAdd(x, TLanes.Broadcast(a), TLanes.Broadcast(b)), y);
}

/// <summary>exp(a x + b - y), where that is not above 1.</summary>
internal readonly struct ExpAffineDifference(double a, double b) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        Exponential.Decay<double, TVector, TLanes>(TLanes.AtMost(
            TLanes.Negate(new AffineDifference(a, b).Invoke<TVector, TLanes>(x, y)), TLanes.Constant(Exponential.Underflow<double>())));
}

/// <summary>max(x - y, 0). Where it is 0 so are its derivatives: no mass flows there, and none begins to.</summary>
internal readonly struct Excess : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var difference = TLanes.Subtract(x, y);
        return TLanes.And(TLanes.Less(TLanes.Constant(0), difference), difference);
    }
}

/// <summary>y + c xᵏ for x ≥ 0.</summary>
internal readonly struct AddedPower(int k, double c) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Add(new ScaledPower(k, c).Invoke<TVector, TLanes>(x, y), y);
}

/// <summary>c xᵏ for x ≥ 0 and 0 ≤ k ≤ 4, with 0⁰ = 0.</summary>
internal readonly struct ScaledPower(int k, double c) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var factor = TLanes.Broadcast(c);
        var zero = TLanes.Constant(0);
        if (k == 0) return TLanes.Select(TLanes.Less(zero, x), factor, zero);
        var square = TLanes.Multiply(x, x);
        var power = k switch
        {
            1 => x,
            2 => square,
            3 => TLanes.Multiply(square, x),
            _ => TLanes.Multiply(square, square),
        };
        return TLanes.Multiply(power, factor);
    }
}
