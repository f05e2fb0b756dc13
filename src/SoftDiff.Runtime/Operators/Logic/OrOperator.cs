using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>not (not x and not y).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct OrOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Conjunction<T> _and = new(Logic.Epsilon<T>(), useGeometricMean);

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
        // The two signs of each derivative cancel.
        var one = TLanes.Constant(1);
        var neither = _and.Evaluate<TVector, TLanes>(TLanes.Subtract(one, x), TLanes.Subtract(one, y), out var byNotX, out var byNotY);
        partials = default;
        partials.X = byNotX;
        partials.Y = byNotY;
        return NotANumber.Spread<T, TVector, TLanes>(TLanes.Subtract(one, neither), ref partials);
    }
}
