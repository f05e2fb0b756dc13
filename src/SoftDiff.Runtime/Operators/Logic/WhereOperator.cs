using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

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
