namespace SoftDiff;

/// <summary>
/// The soft ramp r(x) at u = x / s: the integral of σ, or, gated, x σ. Either is max(x, 0) + s e(u) with an even function e, the excess.
/// </summary>
internal static class Ramp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RampPoint<TVector> At<T, TSigmoidal, TVector, TLanes>(SigmoidalPoint<T, TSigmoidal, TVector, TLanes> at, bool gated)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        if (!gated)
        {
            var tail = at.Tail;
            return new RampPoint<TVector>(tail, at.Value, TLanes.MultiplyAdd(at.Magnitude, at.Low, tail));
        }

        var excess = TLanes.Negate(TLanes.Multiply(at.Magnitude, at.Low));
        var moment = TLanes.Multiply(at.Opposite, at.Slope);
        return new RampPoint<TVector>(excess, TLanes.Subtract(at.Value, moment), TLanes.Negate(TLanes.Multiply(at.Opposite, moment)));
    }
}

/// <summary>The soft ramp at a point.</summary>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <param name="excess">e(u).</param>
/// <param name="slope">The derivative of the ramp with respect to x.</param>
/// <param name="softnessSlope">Its derivative with respect to the softness, e(u) - u e′(u).</param>
internal readonly struct RampPoint<TVector>(TVector excess, TVector slope, TVector softnessSlope)
{
    public TVector Excess => excess;

    public TVector Slope => slope;

    public TVector SoftnessSlope => softnessSlope;
}
