using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators;

/// <summary>A function from spans to spans with its rules, so that the tests are written once for all of them.</summary>
public sealed class MapOperator<T>(string name, MapOperator<T>.Function map, MapOperator<T>.Reverse backward, MapOperator<T>.Forward tangent)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public delegate void Function(ReadOnlySpan<T> x, Span<T> destination);

    public delegate void Reverse(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX);

    public delegate void Forward(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination);

    public Function Map => map;

    public Reverse Backward => backward;

    public Forward Tangent => tangent;

    public T[] Value(params T[] x)
    {
        var y = new T[x.Length];
        map(x, y);
        return y;
    }

    public T[] Pullback(T[] x, T[] c)
    {
        var dX = new T[x.Length];
        backward(x, Value(x), c, dX);
        return dX;
    }

    public T[] Pushforward(T[] x, T[] tX)
    {
        var t = new T[x.Length];
        tangent(x, new T[x.Length], tX, t);
        return t;
    }

    public override string ToString() => name;
}
