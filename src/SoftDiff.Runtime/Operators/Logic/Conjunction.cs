using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>x y, or, by the geometric mean, √(max(x, ε) max(y, ε)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Conjunction<T>(T epsilon, bool useGeometricMean)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The value and its derivatives with respect to both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, out TVector dX, out TVector dY)
        where TLanes : struct, ILanes<TVector, T>
    {
        if (!useGeometricMean)
        {
            (dX, dY) = (y, x);
            return TLanes.Multiply(x, y);
        }

        var floor = TLanes.Broadcast(epsilon);
        var (rootX, slopeX) = (TLanes.Sqrt(Floored<TVector, TLanes>(x, floor)), HalfSlope<TVector, TLanes>(x, floor));
        var (rootY, slopeY) = (TLanes.Sqrt(Floored<TVector, TLanes>(y, floor)), HalfSlope<TVector, TLanes>(y, floor));
        dX = TLanes.Multiply(slopeX, TLanes.Divide(rootY, rootX));
        dY = TLanes.Multiply(slopeY, TLanes.Divide(rootX, rootY));
        return TLanes.Multiply(rootX, rootY);
    }

    // By comparison, since maximum may lose a NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Floored<TVector, TLanes>(TVector x, TVector floor)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Select(TLanes.Less(x, floor), floor, x);

    /// <summary>Half the derivative of max(x, ε): ½ above ε, ¼ at it, 0 below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalfSlope<TVector, TLanes>(TVector x, TVector floor)
        where TLanes : struct, ILanes<TVector, T>
    {
        var above = TLanes.Select(TLanes.Equal(x, floor), TLanes.Constant(0.25), TLanes.Constant(0.5));
        return TLanes.Select(TLanes.Less(x, floor), TLanes.Constant(0), above);
    }
}
