using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Soft samples of the elements along an axis: their averages by categorical samples with the logits ln p.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="replace">Whether samples are drawn independently.</param>
/// <param name="axis">The axis, also from the end.</param>
internal readonly struct ChoiceForm<T>(SortOptions<T> options, bool replace, int axis)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private CategoricalForm<T> Categorical => new(options, replace, 0);

    public void Value(in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, ReadOnlySpan<T> gumbel, in TensorSpan<T> y)
    {
        var (n, k) = Check(a, p, gumbel, y, OutputNames.Destination.Value);
        using var chances = p.IsEmpty ? new LogChances<T>(n) : new LogChances<T>(new ReadOnlyTensorSpan<T>(p));
        using var memory = Scratch.Rent<T>((long)k * n);
        var indices = new TensorSpan<T>(memory.Span, [k, n]);
        Categorical.Value(new ReadOnlyTensorSpan<T>(chances.Logits), NoiseOf(gumbel, k, n), indices);
        WeightedRows<T, Average<T>>.Value(Plan(a, indices, stackalloc nint[SelectionPlan.Storage(a.Rank)]), a, indices, y);
    }

    /// <summary><paramref name="dP"/> is empty if <paramref name="p"/> is.</summary>
    public T Vjp(
        in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, ReadOnlySpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY,
        in TensorSpan<T> dA,
        Span<T> dP)
    {
        var (n, k) = Check(a, p, gumbel, cY, OutputNames.Destination.Cotangent);
        Shape.SameLength(dP.Length, p.Length, nameof(dP), nameof(p));
        Outputs.RequireApart(new TensorSpan<T>(dP), nameof(dP), y, OutputNames.Destination.Value);
        Outputs.RequireApart(new TensorSpan<T>(dP), nameof(dP), dA, nameof(dA));
        using var chances = p.IsEmpty ? new LogChances<T>(n) : new LogChances<T>(new ReadOnlyTensorSpan<T>(p));
        using var memory = Scratch.Rent<T>((long)k * n);
        using var cMemory = Scratch.Rent<T>((long)k * n);
        using var gradient = Scratch.Rent<T>(n);
        var indices = new TensorSpan<T>(memory.Span, [k, n]);
        var cIndices = new TensorSpan<T>(cMemory.Span, [k, n]);
        var logits = new ReadOnlyTensorSpan<T>(chances.Logits);
        Categorical.Value(logits, NoiseOf(gumbel, k, n), indices);
        WeightedRows<T, Average<T>>.Vjp(Plan(a, indices, stackalloc nint[SelectionPlan.Storage(a.Rank)]), a, indices, y, cY, dA, cIndices);
        var dSoftness = Categorical.Vjp(logits, NoiseOf(gumbel, k, n), default, cIndices, new TensorSpan<T>(gradient.Span));
        chances.Divide(gradient.Span);
        if (!dP.IsEmpty) gradient.Span.CopyTo(dP);
        return dSoftness;
    }

    /// <summary><paramref name="tP"/> is empty if <paramref name="p"/> is.</summary>
    public void Jvp(
        in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, ReadOnlySpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tA,
        ReadOnlySpan<T> tP,
        in TensorSpan<T> tY, T tSoftness)
    {
        var (n, k) = Check(a, p, gumbel, y, OutputNames.Destination.Value);
        Shape.SameLength(tP.Length, p.Length, nameof(tP), nameof(p));
        using var chances = p.IsEmpty ? new LogChances<T>(n) : new LogChances<T>(new ReadOnlyTensorSpan<T>(p));
        using var memory = Scratch.Rent<T>((long)k * n);
        using var tMemory = Scratch.Rent<T>((long)k * n);
        using var tangent = Scratch.RentCleared<T>(n);
        tP.CopyTo(tangent.Span);
        chances.Divide(tangent.Span);
        var indices = new TensorSpan<T>(memory.Span, [k, n]);
        var tIndices = new TensorSpan<T>(tMemory.Span, [k, n]);
        Categorical.Jvp(
            new ReadOnlyTensorSpan<T>(chances.Logits), NoiseOf(gumbel, k, n), indices, new ReadOnlyTensorSpan<T>(tangent.Span), tIndices,
            tSoftness);
        WeightedRows<T, Average<T>>.Jvp(Plan(a, indices, stackalloc nint[SelectionPlan.Storage(a.Rank)]), a, indices, y, tA, tIndices, tY);
    }

    public void Value(SoftRandom random, in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, in TensorSpan<T> y)
    {
        using var noise = NoiseFor(random, a, y);
        Value(a, p, noise.Span, y);
    }

    public T Vjp(
        SoftRandom random, in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY,
        in TensorSpan<T> dA, Span<T> dP)
    {
        using var noise = NoiseFor(random, a, cY);
        return Vjp(a, p, noise.Span, y, cY, dA, dP);
    }

    public void Jvp(
        SoftRandom random, in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tA,
        ReadOnlySpan<T> tP,
        in TensorSpan<T> tY, T tSoftness)
    {
        using var noise = NoiseFor(random, a, y);
        Jvp(a, p, noise.Span, y, tA, tP, tY, tSoftness);
    }

    private Rented<T> NoiseFor(SoftRandom random, in ReadOnlyTensorSpan<T> a, in ReadOnlyTensorSpan<T> result)
    {
        var along = AxisShape.Resolve(axis, a.Rank);
        var samples = replace && result.Rank == a.Rank ? result.Lengths[along] : 1;
        return Noise.Of<T, GumbelNumber>(random, (long)a.Lengths[along] * samples);
    }

    private ReadOnlyTensorSpan<T> NoiseOf(ReadOnlySpan<T> gumbel, int k, int n) => replace ? new(gumbel, [k, n]) : new(gumbel);

    private SelectionPlan Plan(scoped in ReadOnlyTensorSpan<T> a, scoped in ReadOnlyTensorSpan<T> indices, Span<nint> storage) =>
        SelectionPlan.Take(a, indices, axis, storage);

    private (int Elements, int Samples) Check(
        in ReadOnlyTensorSpan<T> a, ReadOnlySpan<T> p, ReadOnlySpan<T> gumbel, in ReadOnlyTensorSpan<T> result, string parameter)
    {
        var along = AxisShape.Resolve(axis, a.Rank);
        var n = checked((int)a.Lengths[along]);
        if (n == 0) AxisShape.ThrowEmpty(a.Lengths, along, nameof(a));
        if (result.Rank != a.Rank) AxisShape.ThrowRank(result.Lengths, a.Lengths, parameter, nameof(a));
        if (!p.IsEmpty) Shape.SameLength(p.Length, n, nameof(p), nameof(a));
        var k = checked((int)result.Lengths[along]);
        if (k == 0 || gumbel.Length != (replace ? (long)k * n : n)) ThrowNoise(gumbel.Length, k, n);
        return (n, k);
    }

    [DoesNotReturn]
    private static void ThrowNoise(int length, int k, int n) => throw new ArgumentException(
        FormattableString.Invariant($"'gumbel' has length {length}, which does not fit {k} samples of {n} elements."), "gumbel");
}
