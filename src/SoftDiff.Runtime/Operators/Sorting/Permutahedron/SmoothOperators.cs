namespace SoftDiff;

/// <summary>ln(eˣ + eᵘ⁺ʸ).</summary>
internal readonly struct LogSumWith(double u) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var other = TLanes.Add(y, TLanes.Broadcast(u));
        var smaller = Exponential.Exp<double, TVector, TLanes>(TLanes.Negate(TLanes.Abs(TLanes.Subtract(x, other))));
        return TLanes.Add(TLanes.Max(x, other), Logarithm.LogOnePlus<double, TVector, TLanes>(smaller));
    }
}

/// <summary>exp(u + x - y).</summary>
internal readonly struct ExpDifference(double u) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        Exponential.Exp<double, TVector, TLanes>(TLanes.Subtract(TLanes.Add(x, TLanes.Broadcast(u)), y));
}

/// <summary>exp(-x).</summary>
internal readonly struct ExpNegated : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => Exponential.Exp<double, TVector, TLanes>(TLanes.Negate(x));
}
