namespace SoftDiff;

/// <summary>x + y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Plus<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Add(x, y);
}

/// <summary>x + factor y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct PlusScaled<T>(T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.MultiplyAdd(TLanes.Broadcast(factor), y, x);
}

/// <summary>x / y, and 0 where y is 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct QuotientOrZero<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var zero = TLanes.Constant(0);
        return TLanes.Select(TLanes.Equal(y, zero), zero, TLanes.Divide(x, y));
    }
}

/// <summary>-|x - centre|.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct MinusDistance<T>(T centre) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Negate(TLanes.Abs(TLanes.Subtract(x, TLanes.Broadcast(centre))));
}

/// <summary>|x - centre| y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct DistanceProduct<T>(T centre) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Abs(TLanes.Subtract(x, TLanes.Broadcast(centre))), y);
}

/// <summary>y (x - zero) / unit.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct OffsetProduct<T>(T zero, T unit) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(new Offset<T>(zero, unit).Invoke<TVector, TLanes>(x, x), y);
}

/// <summary>(x - centre) y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct DifferenceProduct<T>(T centre) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Subtract(x, TLanes.Broadcast(centre)), y);
}

/// <summary>(centre - x) factor + (other - y).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct DifferenceFrom<T>(T centre, T factor, T other) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.MultiplyAdd(
            TLanes.Subtract(TLanes.Broadcast(centre), x), TLanes.Broadcast(factor), TLanes.Subtract(TLanes.Broadcast(other), y));
}

/// <summary>y + factor |x - centre|.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct PlusDistance<T>(T centre, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.MultiplyAdd(TLanes.Abs(TLanes.Subtract(x, TLanes.Broadcast(centre))), TLanes.Broadcast(factor), y);
}

/// <summary>whole - x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Rest<T>(T whole) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Subtract(TLanes.Broadcast(whole), x);
}

/// <summary>x - y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Minus<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Subtract(x, y);
}

/// <summary>(x - zero) / unit.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Offset<T>(T zero, T unit) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Divide(TLanes.Subtract(x, TLanes.Broadcast(zero)), TLanes.Broadcast(unit));
}

/// <summary>factor x + offset.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Affine<T>(T factor, T offset) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.MultiplyAdd(TLanes.Broadcast(factor), x, TLanes.Broadcast(offset));
}

/// <summary>y + factor (x - zero) / unit.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct PlusOffset<T>(T zero, T unit, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.MultiplyAdd(new Offset<T>(zero, unit).Invoke<TVector, TLanes>(x, x), TLanes.Broadcast(factor), y);
}
