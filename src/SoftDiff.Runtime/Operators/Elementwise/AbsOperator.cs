using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

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
