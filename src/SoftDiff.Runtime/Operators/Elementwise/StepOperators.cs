namespace SoftDiff;

/// <summary>σ(x / s).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct HeavisideOperator<T>(T softness, SoftMode mode) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 1;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, HeavisideOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(x));
        partials = default;
        partials.X = TLanes.Multiply(at.Slope, _softness.Reciprocal<TVector, TLanes>());
        partials.Softness = TLanes.Multiply(at.Opposite, partials.X);
        return at.Value;
    }
}

/// <summary>2 σ(x / s) - 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SignOperator<T>(T softness, SoftMode mode) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 1;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, SignOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(x));
        var slope = at.Slope;
        partials = default;
        partials.X = TLanes.Multiply(TLanes.Add(slope, slope), _softness.Reciprocal<TVector, TLanes>());
        partials.Softness = TLanes.Multiply(at.Opposite, partials.X);
        return at.Sign;
    }
}

/// <summary>
/// The sum of n (σ((x - n + ½) / s) - σ((x - n - ½) / s)) over the integers n within the radius R of c = ⌊x⌋, which is held constant.
/// Sorted by thresholds the sum is (c - R) σ₋ + Σ σ - (c + R) σ₊: every threshold has the factor 1, except the first and the last, whose
/// factors contain c.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct RoundOperator<T>(T softness, SoftMode mode, int neighborRadius) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);
    private readonly int _radius = Checked(neighborRadius);

    public static int Inputs => 1;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, RoundOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        partials = default;
        if (TSigmoidal.IsHard)
        {
            partials.X = partials.Softness = NotANumber.Or<T, TVector, TLanes>(x, TLanes.Constant(0));
            return Rounding.Nearest<T, TVector, TLanes>(x);
        }

        // An infinite x is rounded to itself; its derivatives are those of a large integer.
        var isInfinite = TLanes.Equal(TLanes.Abs(x), TLanes.Constant(double.PositiveInfinity));
        var finite = TLanes.Select(isInfinite, TLanes.Constant(0), x);
        var floor = Rounding.Floor<T, TVector, TLanes>(finite);
        var (fraction, radius) = (TLanes.Subtract(finite, floor), TLanes.Broadcast(T.CreateTruncating(_radius)));
        var (value, slope, moment) = (TLanes.Constant(0), TLanes.Constant(0), TLanes.Constant(0));
        for (var i = -_radius; i <= _radius + 1; i++)
        {
            var factor = i == -_radius ? TLanes.Subtract(floor, radius) : i > _radius ? TLanes.Negate(TLanes.Add(floor, radius)) : TLanes.Constant(1);
            var threshold = TLanes.Subtract(TLanes.Broadcast(T.CreateTruncating(i)), TLanes.Constant(0.5));
            var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(TLanes.Subtract(fraction, threshold)));
            var term = TLanes.Multiply(factor, at.Slope);
            value = TLanes.Add(value, TLanes.Multiply(factor, at.Value));
            slope = TLanes.Add(slope, term);
            moment = TLanes.Add(moment, TLanes.Multiply(term, at.Opposite));
        }

        partials.X = TLanes.Multiply(slope, _softness.Reciprocal<TVector, TLanes>());
        partials.Softness = TLanes.Multiply(moment, _softness.Reciprocal<TVector, TLanes>());
        return TLanes.Select(isInfinite, x, value);
    }

    private static int Checked(int neighborRadius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(neighborRadius);
        return neighborRadius;
    }
}

/// <summary>x (2 σ(x / s) - 1).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct AbsOperator<T>(T softness, SoftMode mode) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 1;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, AbsOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(x));

        // -2 u σ′(u), where u and so x may be infinite, but not within the reach of the mode.
        var (opposite, slope) = (at.Opposite, at.Slope);
        var moment = TLanes.Multiply(opposite, TLanes.Add(slope, slope));
        partials = default;
        partials.X = TLanes.Subtract(at.Sign, moment);
        partials.Softness = TLanes.Negate(TLanes.Multiply(opposite, moment));
        return TLanes.Multiply(TLanes.Abs(x), at.Contrast);
    }
}
