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
        var rootX = TLanes.Sqrt(Floor.Of<T, TVector, TLanes>(x, floor));
        var rootY = TLanes.Sqrt(Floor.Of<T, TVector, TLanes>(y, floor));
        var half = TLanes.Constant(0.5);
        dX = TLanes.Multiply(TLanes.Multiply(half, Floor.Slope<T, TVector, TLanes>(x, floor)), TLanes.Divide(rootY, rootX));
        dY = TLanes.Multiply(TLanes.Multiply(half, Floor.Slope<T, TVector, TLanes>(y, floor)), TLanes.Divide(rootX, rootY));
        return TLanes.Multiply(rootX, rootY);
    }
}
