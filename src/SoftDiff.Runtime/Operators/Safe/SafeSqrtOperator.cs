using System.Numerics;
using System.Runtime.CompilerServices;

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
