namespace SoftDiff;

/// <summary>
/// a + r(x - a) - r(x - b) with the soft ramp r. The ramp is max(·, 0) plus an excess, so the operator computes the hard function plus the
/// difference of two excesses. No large terms cancel. Here y is a and z is b.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ClampOperator<T>(T softness, SoftMode mode, bool gated) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly InputNames Bounds = new("x", "a", "b");

    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 3;

    public static InputNames Names => Bounds;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, ClampOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var softness = _softness.Value<TVector, TLanes>();
        var atLower = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(Distance.Between<T, TVector, TLanes>(x, y)));
        var atUpper = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(Distance.Between<T, TVector, TLanes>(x, z)));
        var lower = Ramp.At<T, TSigmoidal, TVector, TLanes>(atLower, gated);
        var upper = Ramp.At<T, TSigmoidal, TVector, TLanes>(atUpper, gated);

        // A slope is finite or NaN, so a slope times 0 is 0 or NaN. Adding it passes the NaN of one bound to the derivative with respect to
        // the other.
        var zero = TLanes.Constant(0);
        partials.X = TLanes.Subtract(lower.Slope, upper.Slope);
        partials.Y = TLanes.MultiplyAdd(upper.Slope, zero, TLanes.Subtract(TLanes.Constant(1), lower.Slope));
        partials.Z = TLanes.MultiplyAdd(lower.Slope, zero, upper.Slope);
        partials.Softness = TLanes.Subtract(lower.SoftnessSlope, upper.SoftnessSlope);

        // The excesses hand a NaN on that minimum and maximum may lose.
        return TLanes.MultiplyAdd(softness, TLanes.Subtract(lower.Excess, upper.Excess), Clamped<TSigmoidal, TVector, TLanes>(x, y, z));
    }

    /// <summary>min(max(x, a), b) in the hard mode, and a + max(x - a, 0) - max(x - b, 0) in the others, which differ for a &gt; b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamped<TSigmoidal, TVector, TLanes>(TVector x, TVector a, TVector b)
        where TSigmoidal : struct, ISigmoidal<T>
        where TLanes : struct, ILanes<TVector, T>
    {
        if (TSigmoidal.IsHard) return TLanes.Min(TLanes.Max(x, a), b);

        // A bound counts as above it, as in the excesses; so the derivatives of both fit together there.
        var (isBelowA, isBelowB) = (TLanes.Less(x, a), TLanes.Less(x, b));
        var belowA = TLanes.Select(isBelowB, a, TLanes.Subtract(TLanes.Add(a, b), x));
        return TLanes.Select(isBelowA, belowA, TLanes.Select(isBelowB, x, b));
    }
}
