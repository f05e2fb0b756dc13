using System.Numerics.Tensors;

namespace SoftDiff;

// A tensor and two numbers that all its elements share: tensors of one element, broadcast.
internal static partial class Elementwise
{
    public static void Map<T>(ClampOperator<T> @operator, in ReadOnlyTensorSpan<T> x, T a, T b, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map(@operator, x, One(a), One(b), destination);

    public static T MapVjp<T>(
        ClampOperator<T> @operator,
        in ReadOnlyTensorSpan<T> x,
        T a,
        T b,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> cDestination,
        in TensorSpan<T> dX,
        out T dA,
        out T dB)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (dA, dB) = (T.Zero, T.Zero);
        var lower = new TensorSpan<T>(new Span<T>(ref dA));
        var upper = new TensorSpan<T>(new Span<T>(ref dB));
        return MapVjp(@operator, x, One(a), One(b), destination, cDestination, dX, lower, upper);
    }

    public static void MapJvp<T>(
        ClampOperator<T> @operator,
        in ReadOnlyTensorSpan<T> x,
        T a,
        T b,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> tX,
        T tA,
        T tB,
        in TensorSpan<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MapJvp(@operator, x, One(a), One(b), destination, tX, One(tA), One(tB), tDestination, tSoftness);

    private static ReadOnlyTensorSpan<T> One<T>(in T number) => new(new ReadOnlySpan<T>(in number));
}
