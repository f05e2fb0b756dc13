using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>A slice along one axis, by one soft index for all rows.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class SliceAlongAxis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Value(in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, int axis) =>
        WeightedRows<T, CircularSlice<T>>.Value(Plan(x, p, y, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, new(p), y);

    /// <summary>The cotangent has the shape of the slice even where the slice itself is not wanted.</summary>
    public static void Vjp(
        in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX, Span<T> dP,
        int axis) =>
        WeightedRows<T, CircularSlice<T>>.Vjp(
            Plan(x, p, cY, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, new(p), y, cY, dX, new(dP));

    public static void Jvp(
        in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, ReadOnlySpan<T> tP,
        in TensorSpan<T> tY, int axis) =>
        WeightedRows<T, CircularSlice<T>>.Jvp(
            Plan(x, p, y, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, new(p), y, tX, new(tP), tY);

    private static SelectionPlan Plan(
        scoped in ReadOnlyTensorSpan<T> x, scoped ReadOnlySpan<T> p, scoped in ReadOnlyTensorSpan<T> slice, int axis, Span<nint> storage) =>
        SelectionPlan.Slice(x, p.Length, axis, slice.Lengths, storage);
}
