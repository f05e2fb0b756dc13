using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>(x and not y) or (not x and y).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct XorOperator<T>(bool useGeometricMean) : IElementwise<T>, IPointwise<T>
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
        var one = TLanes.Constant(1);
        var (notX, notY) = (TLanes.Subtract(one, x), TLanes.Subtract(one, y));
        var onlyX = _and.Evaluate<TVector, TLanes>(x, notY, out var onlyXByX, out var onlyXByNotY);
        var onlyY = _and.Evaluate<TVector, TLanes>(notX, y, out var onlyYByNotX, out var onlyYByY);
        var neither = _and.Evaluate<TVector, TLanes>(TLanes.Subtract(one, onlyX), TLanes.Subtract(one, onlyY), out var byOnlyX, out var byOnlyY);
        partials = default;
        partials.X = TLanes.Subtract(TLanes.Multiply(byOnlyX, onlyXByX), TLanes.Multiply(byOnlyY, onlyYByNotX));
        partials.Y = TLanes.Subtract(TLanes.Multiply(byOnlyY, onlyYByY), TLanes.Multiply(byOnlyX, onlyXByNotY));
        return NotANumber.Spread<T, TVector, TLanes>(TLanes.Subtract(one, neither), ref partials);
    }
}
