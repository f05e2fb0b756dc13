using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

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
