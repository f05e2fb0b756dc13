namespace SoftDiff;

/// <summary>1 - x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct NotOperator<T> : IElementwise<T>, IPointwise<T>
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
        partials.X = TLanes.Constant(-1);
        return NotANumber.Spread<T, TVector, TLanes>(TLanes.Subtract(TLanes.Constant(1), x), ref partials);
    }
}

/// <summary>x and y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct AndOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Conjunction<T> _and = new(Logic.Epsilon<T>(), useGeometricMean);

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
        var both = _and.Evaluate<TVector, TLanes>(x, y, out var byX, out var byY);
        partials = default;
        partials.X = byX;
        partials.Y = byY;
        return NotANumber.Spread<T, TVector, TLanes>(both, ref partials);
    }
}

/// <summary>not (not x and not y).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct OrOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Conjunction<T> _and = new(Logic.Epsilon<T>(), useGeometricMean);

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
        // The two signs of each derivative cancel.
        var one = TLanes.Constant(1);
        var neither = _and.Evaluate<TVector, TLanes>(TLanes.Subtract(one, x), TLanes.Subtract(one, y), out var byNotX, out var byNotY);
        partials = default;
        partials.X = byNotX;
        partials.Y = byNotY;
        return NotANumber.Spread<T, TVector, TLanes>(TLanes.Subtract(one, neither), ref partials);
    }
}

/// <summary>(x and not y) or (not x and y).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct XorOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Conjunction<T> _and = new(Logic.Epsilon<T>(), useGeometricMean);

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
        var one = TLanes.Constant(1);
        var (notX, notY) = (TLanes.Subtract(one, x), TLanes.Subtract(one, y));
        var onlyX = _and.Evaluate<TVector, TLanes>(x, notY, out var onlyXByX, out var onlyXByNotY);
        var onlyY = _and.Evaluate<TVector, TLanes>(notX, y, out var onlyYByNotX, out var onlyYByY);
        var neither = _and.Evaluate<TVector, TLanes>(TLanes.Subtract(one, onlyX), TLanes.Subtract(one, onlyY), out var byOnlyX, out var byOnlyY);
        partials = default;
        partials.X = TLanes.Subtract(TLanes.Multiply(byOnlyX, onlyXByX), TLanes.Multiply(byOnlyY, onlyYByNotX));
        partials.Y = TLanes.Subtract(TLanes.Multiply(byOnlyY, onlyYByY), TLanes.Multiply(byOnlyX, onlyXByNotY));
        return NotANumber.Spread<T, TVector, TLanes>(TLanes.Subtract(one, neither), ref partials);
    }
}

/// <summary>x c + y (1 - c), where c is the first element, x the second and y the third.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct WhereOperator<T> : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly InputNames Branches = new("condition", "x", "y");

    public static int Inputs => 3;

    public static bool HasSoftness => false;

    public static InputNames Names => Branches;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => action.Invoke(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var rest = TLanes.Subtract(TLanes.Constant(1), x);
        partials.X = TLanes.Subtract(y, z);
        partials.Y = x;
        partials.Z = rest;
        partials.Softness = TLanes.Constant(0);
        var value = TLanes.Add(Weighted<TVector, TLanes>(y, x), Weighted<TVector, TLanes>(z, rest));
        return NotANumber.Spread<T, TVector, TLanes>(value, ref partials);
    }

    /// <summary>value · weight, where a weight of 0 takes even an infinite value out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weighted<TVector, TLanes>(TVector value, TVector weight)
        where TLanes : struct, ILanes<TVector, T>
    {
        var zero = TLanes.Constant(0);
        var isOut = TLanes.And(TLanes.Equal(weight, zero), TLanes.Equal(value, value));
        return TLanes.Select(isOut, zero, TLanes.Multiply(value, weight));
    }
}
