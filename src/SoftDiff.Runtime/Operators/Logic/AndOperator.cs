using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>x and y.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct AndOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
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
        var both = _and.Evaluate<TVector, TLanes>(x, y, out var byX, out var byY);
        partials = default;
        partials.X = byX;
        partials.Y = byY;
        return NotANumber.Spread<T, TVector, TLanes>(both, ref partials);
    }
}
