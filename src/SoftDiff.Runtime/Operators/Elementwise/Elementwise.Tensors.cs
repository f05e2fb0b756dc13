using System.Numerics;
using System.Numerics.Tensors;

namespace SoftDiff;

internal static partial class Elementwise
{
    public static void Map<T, TOperator>(TOperator @operator, in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        Broadcast.Run<T, TOperator, ValuePass>(@operator, new StridedArrays<T> { X = new(x), Value = new(destination) }, T.Zero);

    public static void Map<T, TOperator>(
        TOperator @operator, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> =>
        Broadcast.Run<T, TOperator, ValuePass>(@operator, new StridedArrays<T> { X = new(x), Y = new(y), Value = new(destination) }, T.Zero);

    public static void Map<T, TOperator>(
        TOperator @operator, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, in ReadOnlyTensorSpan<T> z, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => Broadcast.Run<T, TOperator, ValuePass>(
            @operator, new StridedArrays<T> { X = new(x), Y = new(y), Z = new(z), Value = new(destination) }, T.Zero);

    public static T MapVjp<T, TOperator>(
        TOperator @operator, in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination, in ReadOnlyTensorSpan<T> cDestination, in TensorSpan<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T> { X = new(x), Value = new(destination), CValue = new(cDestination), DX = new(dX) };
        return T.CreateTruncating(Broadcast.Run<T, TOperator, ReversePass>(@operator, arrays, T.Zero));
    }

    public static T MapVjp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> y,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> cDestination,
        in TensorSpan<T> dX,
        in TensorSpan<T> dY)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(x), Y = new(y), Value = new(destination), CValue = new(cDestination), DX = new(dX), DY = new(dY),
        };
        return T.CreateTruncating(Broadcast.Run<T, TOperator, ReversePass>(@operator, arrays, T.Zero));
    }

    public static T MapVjp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> y,
        in ReadOnlyTensorSpan<T> z,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> cDestination,
        in TensorSpan<T> dX,
        in TensorSpan<T> dY,
        in TensorSpan<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(x), Y = new(y), Z = new(z), Value = new(destination), CValue = new(cDestination), DX = new(dX), DY = new(dY), DZ = new(dZ),
        };
        return T.CreateTruncating(Broadcast.Run<T, TOperator, ReversePass>(@operator, arrays, T.Zero));
    }

    public static void MapJvp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> tX,
        in TensorSpan<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T> { X = new(x), Value = new(destination), TX = new(tX), TValue = new(tDestination) };
        Broadcast.Run<T, TOperator, ForwardPass>(@operator, arrays, tSoftness);
    }

    public static void MapJvp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> y,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> tX,
        in ReadOnlyTensorSpan<T> tY,
        in TensorSpan<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(x), Y = new(y), Value = new(destination), TX = new(tX), TY = new(tY), TValue = new(tDestination),
        };
        Broadcast.Run<T, TOperator, ForwardPass>(@operator, arrays, tSoftness);
    }

    public static void MapJvp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> y,
        in ReadOnlyTensorSpan<T> z,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> tX,
        in ReadOnlyTensorSpan<T> tY,
        in ReadOnlyTensorSpan<T> tZ,
        in TensorSpan<T> tDestination,
        T tSoftness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(x), Y = new(y), Z = new(z), Value = new(destination), TX = new(tX), TY = new(tY), TZ = new(tZ), TValue = new(tDestination),
        };
        Broadcast.Run<T, TOperator, ForwardPass>(@operator, arrays, tSoftness);
    }
}
