namespace SoftDiff;

/// <summary>The integral of σ(x / s), or x σ(x / s): max(x, 0) and an excess that is even in x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ReluOperator<T>(T softness, SoftMode mode, bool gated) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 1;

    public static InputNames Names => InputNames.X;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, ReluOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var softness = _softness.Value<TVector, TLanes>();
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(x));
        var ramp = Ramp.At<T, TSigmoidal, TVector, TLanes>(at, gated);
        var zero = TLanes.Constant(0);
        partials = default;
        partials.X = TSigmoidal.IsHard ? TLanes.Select(TLanes.Equal(x, zero), zero, ramp.Slope) : ramp.Slope;
        partials.Softness = ramp.SoftnessSlope;
        return TLanes.MultiplyAdd(softness, ramp.Excess, TLanes.SelectNegative(x, zero, x));
    }
}
