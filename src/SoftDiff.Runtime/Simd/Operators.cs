namespace SoftDiff;

/// <summary>x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct First<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => x;
}

/// <summary>x y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Product<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(x, y);
}

/// <summary>x times a factor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Scaled<T>(T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(x, TLanes.Broadcast(factor));
}

/// <summary>x - high - low.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Shifted<T>(T high, T low) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Subtract(TLanes.Subtract(x, TLanes.Broadcast(high)), TLanes.Broadcast(low));
}

/// <summary>eˣ.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Exp<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Exponential.Exp<T, TVector, TLanes>(x);
}

/// <summary>eˣ for x ≤ 0, or above by no more than rounding: <see cref="Exp{T}"/> in fewer steps.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ExpOfNegative<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        Exponential.Decay<T, TVector, TLanes>(TLanes.AtMost(TLanes.Negate(x), TLanes.Constant(Exponential.Underflow<T>())));
}

/// <summary>ln x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Log<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Logarithm.Log<T, TVector, TLanes>(x);
}

/// <summary>exp(x - high - low).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ExpShifted<T>(T high, T low) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        Exponential.Exp<T, TVector, TLanes>(new Shifted<T>(high, low).Invoke<TVector, TLanes>(x, y));
}

/// <summary>exp(x - high - low) times a factor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ExpShiftedScaled<T>(T high, T low, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(new ExpShifted<T>(high, low).Invoke<TVector, TLanes>(x, y), TLanes.Broadcast(factor));
}

/// <summary>exp(x - high - low) y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ExpShiftedProduct<T>(T high, T low) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(new ExpShifted<T>(high, low).Invoke<TVector, TLanes>(x, y), y);
}
