namespace SoftDiff;

/// <summary>
/// Greater and less than: σ((x - y + offset) / s), or one minus it. The hard mode ignores the offset; its value for equal elements is
/// <c>whenEqual</c>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct OrderOperator<T>(T softness, SoftMode mode, T offset, bool isLess, T whenEqual) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 2;

    public static InputNames Names => InputNames.XY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, OrderOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var difference = Distance.Between<T, TVector, TLanes>(x, y);
        if (!TSigmoidal.IsHard) difference = TLanes.Add(difference, TLanes.Broadcast(offset));
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(difference));
        var slope = TLanes.Multiply(at.Slope, _softness.Reciprocal<TVector, TLanes>());
        if (isLess) slope = TLanes.Negate(slope);
        partials = default;
        partials.X = slope;
        partials.Y = TLanes.Negate(slope);
        partials.Softness = TLanes.Multiply(at.Opposite, slope);
        var value = isLess ? at.Complement : at.Value;
        return TSigmoidal.IsHard ? TLanes.Select(TLanes.Equal(x, y), TLanes.Broadcast(whenEqual), value) : value;
    }
}

/// <summary>
/// 2 (1 - σ(m / s)), or one minus it, with the margin m = |x - y| - absolute - relative |y| - epsilon and soft magnitudes. The hard mode
/// tests whether |x - y| is within the tolerance and ignores epsilon.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ClosenessOperator<T>(T softness, SoftMode mode, T epsilon, T absolute, T relative, bool isNegated) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);
    private readonly AbsOperator<T> _abs = new(softness, mode);

    public static int Inputs => 2;

    public static InputNames Names => InputNames.XY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, ClosenessOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var distance = Distance.Between<T, TVector, TLanes>(x, y);
        var margin = _abs.Evaluate<TSigmoidal, TVector, TLanes>(distance, distance, distance, out var along);
        margin = TLanes.Subtract(margin, TLanes.Broadcast(TSigmoidal.IsHard ? absolute : absolute + epsilon));
        partials = default;
        partials.X = along.X;
        partials.Y = TLanes.Negate(along.X);
        partials.Softness = along.Softness;
        if (relative != T.Zero)
        {
            var factor = TLanes.Broadcast(relative);
            var size = TLanes.Multiply(factor, Finite<TVector, TLanes>(_abs.Evaluate<TSigmoidal, TVector, TLanes>(y, y, y, out var across)));
            margin = TLanes.Subtract(margin, size);
            partials.Y = TLanes.Subtract(partials.Y, TLanes.Multiply(factor, across.X));
            partials.Softness = TLanes.Subtract(partials.Softness, TLanes.Multiply(factor, across.Softness));
        }

        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(margin));
        var slope = TLanes.Multiply(TLanes.Multiply(at.Slope, TLanes.Constant(isNegated ? 2 : -2)), _softness.Reciprocal<TVector, TLanes>());
        partials.X = TLanes.Multiply(slope, partials.X);
        partials.Y = TLanes.Multiply(slope, partials.Y);
        partials.Softness = TLanes.Multiply(slope, TLanes.Add(partials.Softness, at.Opposite));

        var one = TLanes.Constant(1);
        var closeness = TSigmoidal.IsHard ? Within<TVector, TLanes>(margin) : TLanes.Add(at.Complement, at.Complement);
        return isNegated ? TLanes.Subtract(one, closeness) : closeness;
    }

    // An infinite y must not make the tolerance of something at an infinite distance infinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finite<TVector, TLanes>(TVector magnitude)
        where TLanes : struct, ILanes<TVector, T>
    {
        var largest = TLanes.Constant(typeof(T) == typeof(double) ? double.MaxValue : float.MaxValue);
        return TLanes.Select(TLanes.Less(largest, magnitude), largest, magnitude);
    }

    /// <summary>1 for a margin of 0 or less, 0 for more, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Within<TVector, TLanes>(TVector margin)
        where TLanes : struct, ILanes<TVector, T>
    {
        var zero = TLanes.Constant(0);
        return TLanes.Select(TLanes.Less(zero, margin), zero, NotANumber.Or<T, TVector, TLanes>(margin, TLanes.Constant(1)));
    }
}
