namespace SoftDiff;

/// <summary>√x for x &gt; 0, else 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SafeSqrtOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Inputs => 1;

    public static bool HasSoftness => false;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var isInside = TLanes.Less(TLanes.Constant(0), x);
        var root = TLanes.Sqrt(x);
        partials = default;
        partials.X = Outside.Or<T, TVector, TLanes>(isInside, TLanes.Divide(TLanes.Constant(0.5), root), x);
        return Outside.Or<T, TVector, TLanes>(isInside, root, x);
    }
}

/// <summary>ln x for x &gt; 0, else 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SafeLogOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Inputs => 1;

    public static bool HasSoftness => false;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var isInside = TLanes.Less(TLanes.Constant(0), x);
        partials = default;
        partials.X = Outside.Or<T, TVector, TLanes>(isInside, TLanes.Divide(TLanes.Constant(1), x), x);
        return Outside.Or<T, TVector, TLanes>(isInside, Logarithm.Log<T, TVector, TLanes>(x), x);
    }
}

/// <summary>x / y, and 0 where y is 0.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SafeDivOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Inputs => 2;

    public static bool HasSoftness => false;

    public static InputNames Names => InputNames.XY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var (zero, one) = (TLanes.Constant(0), TLanes.Constant(1));
        var isZero = TLanes.Equal(y, zero);
        var reciprocal = TLanes.Select(isZero, zero, TLanes.Divide(one, y));
        var ratio = TLanes.Select(isZero, NotANumber.Or<T, TVector, TLanes>(x, zero), TLanes.Divide(x, y));
        partials = default;
        partials.X = reciprocal;
        partials.Y = TLanes.Negate(TLanes.Select(isZero, ratio, TLanes.Divide(ratio, y)));
        return NotANumber.Spread<T, TVector, TLanes>(ratio, ref partials);
    }
}

/// <summary>arcsin x for |x| &lt; 1, else ±½ π.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SafeAsinOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Inputs => 1;

    public static bool HasSoftness => false;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        partials = default;
        partials.X = Outside.ArcsineSlope<T, TVector, TLanes>(x);
        return Arcsine.Asin<T, TVector, TLanes>(Outside.Unit<T, TVector, TLanes>(x));
    }
}

/// <summary>arccos x for |x| &lt; 1, else 0 or π.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SafeAcosOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Inputs => 1;

    public static bool HasSoftness => false;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        partials = default;
        partials.X = TLanes.Negate(Outside.ArcsineSlope<T, TVector, TLanes>(x));
        return Arcsine.Acos<T, TVector, TLanes>(Outside.Unit<T, TVector, TLanes>(x));
    }
}
