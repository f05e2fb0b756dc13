using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Slices an array along its first axis, the result along the second axis, and so on. The intermediate arrays are dense and become smaller
/// from axis to axis. Reverse mode computes them from the first axis to the last, and pulls cotangents back in the opposite order.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class SlicePerAxis<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Value(in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y)
    {
        Require(x, p.Length, y, OutputNames.Destination.Value);
        ValueFrom(0, x, p, y);
    }

    public static void Vjp(
        in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX, Span<T> dP)
    {
        var names = SelectionNames.OfStart;
        Require(x, p.Length, cY, OutputNames.Destination.Cotangent);
        if (!y.IsEmpty) AxisShape.Same(y.Lengths, cY.Lengths, OutputNames.Destination.Value, OutputNames.Destination.Cotangent, cY.Lengths);
        AxisShape.Same(dX.Lengths, x.Lengths, names.DElements, names.Elements, x.Lengths);
        Shape.SameLength(dP.Length, p.Length, names.DIndex, names.Index);
        var xMemory = TensorMemory.Of(x, names.Elements);
        var cMemory = TensorMemory.Of(cY, OutputNames.Destination.Cotangent);
        var yMemory = TensorMemory.Of(y, OutputNames.Destination.Value);
        var dXMemory = TensorMemory.Of(dX, names.DElements);
        Outputs.RequireApart(dX, names.DElements, new TensorSpan<T>(dP), names.DIndex);
        Outputs.RequireApart(dX, names.DElements, y, OutputNames.Destination.Value);
        Outputs.RequireApart(new TensorSpan<T>(dP), names.DIndex, y, OutputNames.Destination.Value);
        using var yView = new OutputView<T>(y, yMemory, default, Shares(yMemory, xMemory, p, cMemory));
        using var dXView = new OutputView<T>(dX, dXMemory, default, Shares(dXMemory, xMemory, p, cMemory));
        using var dPView = new OutputView<T>(new TensorSpan<T>(dP), dP, default, Shares(dP, xMemory, p, cMemory));
        VjpFrom(0, x, p, yView.Tensor, cY, dXView.Tensor, dPView.Memory);
        yView.Commit();
        dXView.Commit();
        dPView.Commit();
    }

    public static void Jvp(
        in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, ReadOnlySpan<T> tP,
        in TensorSpan<T> tY)
    {
        var names = SelectionNames.OfStart;
        Require(x, p.Length, y, OutputNames.Destination.Value);
        AxisShape.Same(tY.Lengths, y.Lengths, OutputNames.Destination.Tangent, OutputNames.Destination.Value, y.Lengths);
        AxisShape.Same(tX.Lengths, x.Lengths, names.TElements, names.Elements, x.Lengths);
        Shape.SameLength(tP.Length, p.Length, names.TIndex, names.Index);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);
        JvpFrom(0, x, p, y, tX, tP, tY);
    }

    private static void ValueFrom(int axis, in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y)
    {
        var here = new ReadOnlyTensorSpan<T>(p[..(int)x.Lengths[axis]]);
        if (axis == x.Rank - 1)
        {
            WeightedRows<T, CircularSlice<T>>.Value(Plan(x, axis, y, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, here, y);
            return;
        }

        using var memory = Scratch.Rent<T>(LengthAfter(axis, x, y));
        var next = After(axis, x, y, memory.Span);
        WeightedRows<T, CircularSlice<T>>.Value(Plan(x, axis, next, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, here, next);
        ValueFrom(axis + 1, next, p[(int)x.Lengths[axis]..], y);
    }

    private static void VjpFrom(
        int axis, in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX,
        Span<T> dP)
    {
        var length = (int)x.Lengths[axis];
        var here = new ReadOnlyTensorSpan<T>(p[..length]);
        var dHere = new TensorSpan<T>(dP[..length]);
        if (axis == x.Rank - 1)
        {
            WeightedRows<T, CircularSlice<T>>.Vjp(Plan(x, axis, cY, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, here, y, cY, dX,
                dHere);
            return;
        }

        using var memory = Scratch.Rent<T>(LengthAfter(axis, x, cY));
        using var dMemory = Scratch.Rent<T>(memory.Span.Length);
        var next = After(axis, x, cY, memory.Span);
        var dNext = After(axis, x, cY, dMemory.Span);
        var plan = Plan(x, axis, next, stackalloc nint[SelectionPlan.Storage(x.Rank)]);
        WeightedRows<T, CircularSlice<T>>.Value(plan, x, here, next);
        VjpFrom(axis + 1, next, p[length..], y, cY, dNext, dP[length..]);
        WeightedRows<T, CircularSlice<T>>.Vjp(plan, x, here, default, dNext, dX, dHere);
    }

    private static void JvpFrom(
        int axis, in ReadOnlyTensorSpan<T> x, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, ReadOnlySpan<T> tP,
        in TensorSpan<T> tY)
    {
        var length = (int)x.Lengths[axis];
        var here = new ReadOnlyTensorSpan<T>(p[..length]);
        var tHere = new ReadOnlyTensorSpan<T>(tP[..length]);
        if (axis == x.Rank - 1)
        {
            WeightedRows<T, CircularSlice<T>>.Jvp(Plan(x, axis, y, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, here, y, tX, tHere,
                tY);
            return;
        }

        using var memory = Scratch.Rent<T>(LengthAfter(axis, x, y));
        using var tMemory = Scratch.Rent<T>(memory.Span.Length);
        var next = After(axis, x, y, memory.Span);
        var tNext = After(axis, x, y, tMemory.Span);
        WeightedRows<T, CircularSlice<T>>.Jvp(Plan(x, axis, next, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, here, next, tX, tHere,
            tNext);
        JvpFrom(axis + 1, next, p[length..], y, tNext, tP[length..], tY);
    }

    private static SelectionPlan Plan(
        scoped in ReadOnlyTensorSpan<T> x, int axis, scoped in ReadOnlyTensorSpan<T> result, Span<nint> storage) =>
        SelectionPlan.Slice(x, (int)x.Lengths[axis], axis, result.Lengths, storage);

    private static long LengthAfter(int axis, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y) =>
        (long)(x.FlattenedLength / x.Lengths[axis]) * y.Lengths[axis];

    /// <summary>The array after the slice along an axis: as long as the result along it.</summary>
    private static TensorSpan<T> After(int axis, scoped in ReadOnlyTensorSpan<T> x, scoped in ReadOnlyTensorSpan<T> y, Span<T> memory)
    {
        Span<nint> lengths = stackalloc nint[x.Rank];
        x.Lengths.CopyTo(lengths);
        lengths[axis] = y.Lengths[axis];
        return new TensorSpan<T>(memory, lengths);
    }

    private static bool Shares(Span<T> output, ReadOnlySpan<T> x, ReadOnlySpan<T> p, ReadOnlySpan<T> c) =>
        output.Overlaps(x) || output.Overlaps(p) || output.Overlaps(c);

    private static void Require(in ReadOnlyTensorSpan<T> x, int indexLength, in ReadOnlyTensorSpan<T> part, string parameter)
    {
        var names = SelectionNames.OfStart;
        if (x.IsEmpty) AxisShape.ThrowEmpty(x.Lengths, null, names.Elements);
        nint sum = 0;
        foreach (var length in x.Lengths) sum += length;
        if (indexLength != sum) ThrowIndexLength(indexLength, sum, x.Lengths);
        var fits = part.Rank == x.Rank;
        for (var d = 0; fits && d < x.Rank; d++) fits = part.Lengths[d] <= x.Lengths[d];
        if (!fits) ThrowPart(part.Lengths, x.Lengths, parameter);
    }

    [DoesNotReturn]
    private static void ThrowIndexLength(int actual, nint expected, ReadOnlySpan<nint> x) => throw new ArgumentException(
        FormattableString.Invariant($"'{SelectionNames.OfStart.Index}' has length {actual}; it must have length {expected}, ")
        + $"an index for each axis of 'x' of shape {AxisShape.Text(x)}.", SelectionNames.OfStart.Index);

    [DoesNotReturn]
    private static void ThrowPart(ReadOnlySpan<nint> part, ReadOnlySpan<nint> x, string parameter) => throw new ArgumentException(
        $"'{parameter}' has shape {AxisShape.Text(part)}, which is not that of a part of 'x' of shape {AxisShape.Text(x)}.", parameter);
}
