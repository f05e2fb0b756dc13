using System.Numerics;
using System.Runtime.CompilerServices;

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
