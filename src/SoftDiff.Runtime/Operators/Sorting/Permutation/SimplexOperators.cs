namespace SoftDiff;

/// <summary>[x + radius]+. Where it is 0 so are its derivatives: the element is outside.</summary>
internal readonly struct Above(double radius) : IOperator<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var distance = TLanes.Add(x, TLanes.Broadcast(radius));
        return TLanes.And(TLanes.Less(TLanes.Constant(0), distance), distance);
    }
}

/// <summary>The values for t = [x + radius]+.</summary>
internal readonly struct ValueAt<TWeights>(double radius) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TWeights.Value<TVector, TLanes>(new Above(radius).Invoke<TVector, TLanes>(x, y));
}

/// <summary>The slopes for t = [x + radius]+.</summary>
internal readonly struct SlopeAt<TWeights>(double radius) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TWeights.Slope<TVector, TLanes>(new Above(radius).Invoke<TVector, TLanes>(x, y));
}

/// <summary>The values for t = x.</summary>
internal readonly struct ValueOf<TWeights> : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => TWeights.Value<TVector, TLanes>(x);
}

/// <summary>The values for t = x, times a factor.</summary>
internal readonly struct ScaledValue<TWeights>(double factor) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Multiply(TWeights.Value<TVector, TLanes>(x), TLanes.Broadcast(factor));
}

/// <summary>y, and the values for t = x, times a factor.</summary>
internal readonly struct AddedValue<TWeights>(double factor) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.MultiplyAdd(TWeights.Value<TVector, TLanes>(x), TLanes.Broadcast(factor), y);
}

/// <summary>The values for t = x, times (y - centre).</summary>
internal readonly struct CentredValue<TWeights>(double centre) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> =>
        TLanes.Multiply(TWeights.Value<TVector, TLanes>(x), TLanes.Subtract(y, TLanes.Broadcast(centre)));
}

/// <summary>The slopes for t = x.</summary>
internal readonly struct SlopeOf<TWeights> : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => TWeights.Slope<TVector, TLanes>(x);
}

/// <summary>The slopes for t = x, times factor (y - centre - rest).</summary>
internal readonly struct CentredSlope<TWeights>(double centre, double rest, double factor) : IOperator<double>
    where TWeights : struct, ISimplexWeights
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var slope = TLanes.Multiply(TWeights.Slope<TVector, TLanes>(x), TLanes.Broadcast(factor));
        return TLanes.Multiply(slope, new Shifted<double>(centre, rest).Invoke<TVector, TLanes>(y, y));
    }
}
