using System.Numerics.Tensors;

namespace SoftDiff;

internal static partial class Elementwise
{
    public static void Map<T, TOperator>(TOperator @operator, in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(in x, nameof(x)),
            Value = new(in destination, nameof(destination)),
        };
        Broadcast.Run<T, TOperator, ValuePass>(@operator, arrays, T.Zero);
    }

    public static void Map<T, TOperator>(
        TOperator @operator, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Value = new(in destination, nameof(destination)),
        };
        Broadcast.Run<T, TOperator, ValuePass>(@operator, arrays, T.Zero);
    }

    public static void Map<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> y,
        in ReadOnlyTensorSpan<T> z,
        in TensorSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Z = new(in z, nameof(z)),
            Value = new(in destination, nameof(destination)),
        };
        Broadcast.Run<T, TOperator, ValuePass>(@operator, arrays, T.Zero);
    }

    public static T MapVjp<T, TOperator>(
        TOperator @operator,
        in ReadOnlyTensorSpan<T> x,
        in TensorSpan<T> destination,
        in ReadOnlyTensorSpan<T> cDestination,
        in TensorSpan<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T>
    {
        var arrays = new StridedArrays<T>
        {
            X = new(in x, nameof(x)),
            Value = new(in destination, nameof(destination)),
            CValue = new(in cDestination, nameof(cDestination)),
            DX = new(in dX, nameof(dX)),
        };
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
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Value = new(in destination, nameof(destination)),
            CValue = new(in cDestination, nameof(cDestination)),
            DX = new(in dX, nameof(dX)),
            DY = new(in dY, nameof(dY)),
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
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Z = new(in z, nameof(z)),
            Value = new(in destination, nameof(destination)),
            CValue = new(in cDestination, nameof(cDestination)),
            DX = new(in dX, nameof(dX)),
            DY = new(in dY, nameof(dY)),
            DZ = new(in dZ, nameof(dZ)),
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
        var arrays = new StridedArrays<T>
        {
            X = new(in x, nameof(x)),
            Value = new(in destination, nameof(destination)),
            TX = new(in tX, nameof(tX)),
            TValue = new(in tDestination, nameof(tDestination)),
        };
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
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Value = new(in destination, nameof(destination)),
            TX = new(in tX, nameof(tX)),
            TY = new(in tY, nameof(tY)),
            TValue = new(in tDestination, nameof(tDestination)),
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
            X = new(in x, nameof(x)),
            Y = new(in y, nameof(y)),
            Z = new(in z, nameof(z)),
            Value = new(in destination, nameof(destination)),
            TX = new(in tX, nameof(tX)),
            TY = new(in tY, nameof(tY)),
            TZ = new(in tZ, nameof(tZ)),
            TValue = new(in tDestination, nameof(tDestination)),
        };
        Broadcast.Run<T, TOperator, ForwardPass>(@operator, arrays, tSoftness);
    }
}
