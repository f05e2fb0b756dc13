using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Puts the elements along an axis in a random soft order. It averages them by the soft permutation that sorts Gumbel noise in descending
/// order: one permutation for all rows, or one for each row. It takes n² numbers for each permutation.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="axis">The axis, also from the end.</param>
internal readonly struct PermutationForm<T>(SortOptions<T> options, int axis)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ArgSortRow<T> Order => new(options, true);

    public void Value(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y)
    {
        var (isShared, n) = Check(x, gumbel);
        using var memory = Scratch.Rent<T>((long)gumbel.FlattenedLength * n);
        var indices = Indices(memory.Span, gumbel, n);
        AlongAxis.Value(gumbel, indices, Axis(isShared), Order, OutputNames.Destination);
        WeightedRows<T, Average<T>>.Value(Plan(x, indices, isShared, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, indices, y);
    }

    public T Vjp(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dX)
    {
        var (isShared, n) = Check(x, gumbel);
        using var memory = Scratch.Rent<T>((long)gumbel.FlattenedLength * n);
        using var cMemory = Scratch.Rent<T>((long)gumbel.FlattenedLength * n);
        using var dNoise = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var noise = Noise.Dense(gumbel);
        var kept = new ReadOnlyTensorSpan<T>(noise.Span, gumbel.Lengths);
        var indices = Indices(memory.Span, gumbel, n);
        var cIndices = Indices(cMemory.Span, gumbel, n);
        AlongAxis.Value(kept, indices, Axis(isShared), Order, OutputNames.Destination);
        WeightedRows<T, Average<T>>.Vjp(
            Plan(x, indices, isShared, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, indices, y, cY, dX, cIndices);
        return AlongAxis.Vjp(
            kept, default, cIndices, new TensorSpan<T>(dNoise.Span, gumbel.Lengths), Axis(isShared), Order, OutputNames.Destination);
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX, in TensorSpan<T> tY,
        T tSoftness)
    {
        var (isShared, n) = Check(x, gumbel);
        using var memory = Scratch.Rent<T>((long)gumbel.FlattenedLength * n);
        using var tMemory = Scratch.Rent<T>((long)gumbel.FlattenedLength * n);
        using var still = Scratch.RentCleared<T>((long)gumbel.FlattenedLength);
        var indices = Indices(memory.Span, gumbel, n);
        var tIndices = Indices(tMemory.Span, gumbel, n);
        AlongAxis.Jvp(
            gumbel, indices, new ReadOnlyTensorSpan<T>(still.Span, gumbel.Lengths), tIndices, tSoftness, Axis(isShared), Order,
            OutputNames.Destination);
        WeightedRows<T, Average<T>>.Jvp(
            Plan(x, indices, isShared, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, indices, y, tX, tIndices, tY);
    }

    public void Value(SoftRandom random, in ReadOnlyTensorSpan<T> x, bool independent, in TensorSpan<T> y)
    {
        using var noise = NoiseFor(random, x, independent);
        Value(x, Shaped(noise.Span, x, independent), y);
    }

    public T Vjp(
        SoftRandom random, in ReadOnlyTensorSpan<T> x, bool independent, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY,
        in TensorSpan<T> dX)
    {
        using var noise = NoiseFor(random, x, independent);
        return Vjp(x, Shaped(noise.Span, x, independent), y, cY, dX);
    }

    public void Jvp(
        SoftRandom random, in ReadOnlyTensorSpan<T> x, bool independent, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX,
        in TensorSpan<T> tY, T tSoftness)
    {
        using var noise = NoiseFor(random, x, independent);
        Jvp(x, Shaped(noise.Span, x, independent), y, tX, tY, tSoftness);
    }

    private Rented<T> NoiseFor(SoftRandom random, in ReadOnlyTensorSpan<T> x, bool independent)
    {
        var along = AxisShape.Resolve(axis, x.Rank);
        return Noise.Of<T, GumbelNumber>(random, independent ? x.FlattenedLength : x.Lengths[along]);
    }

    private static ReadOnlyTensorSpan<T> Shaped(ReadOnlySpan<T> noise, in ReadOnlyTensorSpan<T> x, bool independent) =>
        independent ? new(noise, x.Lengths) : new(noise);

    private AxisOptions Axis(bool isShared) => new(isShared ? 0 : axis, false, false);

    private SelectionPlan Plan(
        scoped in ReadOnlyTensorSpan<T> x, scoped in ReadOnlyTensorSpan<T> indices, bool isShared, Span<nint> storage) =>
        isShared ? SelectionPlan.Take(x, indices, axis, storage) : SelectionPlan.TakeAlongAxis(x, indices, axis, storage);

    private static TensorSpan<T> Indices(Span<T> memory, scoped in ReadOnlyTensorSpan<T> gumbel, int n)
    {
        Span<nint> lengths = stackalloc nint[gumbel.Rank + 1];
        gumbel.Lengths.CopyTo(lengths);
        lengths[^1] = n;
        return new TensorSpan<T>(memory, lengths);
    }

    private (bool IsShared, int Length) Check(in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> gumbel)
    {
        var along = AxisShape.Resolve(axis, x.Rank);
        if (x.IsEmpty) AxisShape.ThrowEmpty(x.Lengths, along, nameof(x));
        var n = x.Lengths[along];
        if (gumbel.Rank == 1 && gumbel.Lengths[0] == n) return (true, (int)n);
        if (!gumbel.Lengths.SequenceEqual(x.Lengths)) ThrowNoise(gumbel.Lengths, x.Lengths);
        return (false, (int)n);
    }

    [DoesNotReturn]
    private static void ThrowNoise(ReadOnlySpan<nint> gumbel, ReadOnlySpan<nint> x) => throw new ArgumentException(
        $"'gumbel' has shape {AxisShape.Text(gumbel)}; it must have that of 'x', {AxisShape.Text(x)}, "
        + "or one axis as long as the axis that is permuted.", "gumbel");
}
