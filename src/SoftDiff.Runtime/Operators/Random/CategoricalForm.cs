using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Draws soft samples of categories: the soft index of the largest of logits + Gumbel noise. With replacement each sample has its own
/// noise; without replacement the samples are the soft indices of the k largest.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
/// <param name="replace">Whether samples are drawn independently.</param>
/// <param name="axis">The axis of the categories in the logits, also from the end.</param>
internal readonly struct CategoricalForm<T>(SortOptions<T> options, bool replace, int axis)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Logits = "logits", Gumbel = "gumbel";

    private ArgMaxRow<T> Largest => new(options);

    public void Value(in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y)
    {
        var along = Check(logits, gumbel);
        using var sums = Sums(logits, gumbel, along);
        var sum = new ReadOnlyTensorSpan<T>(sums.Span, gumbel.Lengths);
        if (replace) AlongAxis.Value(sum, y, Axis(logits), Largest, OutputNames.Destination);
        else AlongAxis.Value(sum, y, Axis(logits), Top(logits, y, along), OutputNames.Destination);
    }

    public T Vjp(
        in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY,
        in TensorSpan<T> dLogits)
    {
        var along = Check(logits, gumbel);
        AxisShape.Same(dLogits.Lengths, logits.Lengths, nameof(dLogits), Logits, logits.Lengths);
        Outputs.RequireApart(dLogits, nameof(dLogits), y, OutputNames.Destination.Value);
        using var sums = Sums(logits, gumbel, along);
        using var dSums = Scratch.Rent<T>(sums.Span.Length);
        using var given = Noise.Dense(logits);
        using var gradient = Scratch.Rent<T>(given.Span.Length);
        var sum = new ReadOnlyTensorSpan<T>(sums.Span, gumbel.Lengths);
        var dSum = new TensorSpan<T>(dSums.Span, gumbel.Lengths);
        var dSoftness = replace
            ? AlongAxis.Vjp(sum, y, cY, dSum, Axis(logits), Largest, OutputNames.Destination)
            : AlongAxis.Vjp(sum, y, cY, dSum, Axis(logits), Top(logits, cY, along), OutputNames.Destination);
        Noise.SumBlocks(dSums.Span, gradient.Span);
        FiniteLogits.Mask(given.Span, gradient.Span);
        new ReadOnlyTensorSpan<T>(gradient.Span, logits.Lengths).CopyTo(dLogits);
        return dSoftness;
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tLogits,
        in TensorSpan<T> tY,
        T tSoftness)
    {
        var along = Check(logits, gumbel);
        AxisShape.Same(tLogits.Lengths, logits.Lengths, nameof(tLogits), Logits, logits.Lengths);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);
        using var sums = Sums(logits, gumbel, along);
        using var tSums = Scratch.Rent<T>(sums.Span.Length);
        using var given = Noise.Dense(logits);
        using var tangent = Noise.Dense(tLogits);
        FiniteLogits.Mask(given.Span, tangent.Span);
        Noise.Repeat(tangent.Span, tSums.Span);
        var sum = new ReadOnlyTensorSpan<T>(sums.Span, gumbel.Lengths);
        var tSum = new ReadOnlyTensorSpan<T>(tSums.Span, gumbel.Lengths);
        if (replace) AlongAxis.Jvp(sum, y, tSum, tY, tSoftness, Axis(logits), Largest, OutputNames.Destination);
        else AlongAxis.Jvp(sum, y, tSum, tY, tSoftness, Axis(logits), Top(logits, y, along), OutputNames.Destination);
    }

    public void Value(SoftRandom random, in ReadOnlyTensorSpan<T> logits, in TensorSpan<T> y)
    {
        var lengths = NoiseLengths(logits, y, OutputNames.Destination.Value, stackalloc nint[logits.Rank + y.Rank]);
        using var noise = Noise.Of<T, GumbelNumber>(random, Length(lengths));
        Value(logits, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y);
    }

    public T Vjp(
        SoftRandom random, in ReadOnlyTensorSpan<T> logits, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dLogits)
    {
        var lengths = NoiseLengths(logits, cY, OutputNames.Destination.Cotangent, stackalloc nint[logits.Rank + cY.Rank]);
        using var noise = Noise.Of<T, GumbelNumber>(random, Length(lengths));
        return Vjp(logits, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, cY, dLogits);
    }

    public void Jvp(
        SoftRandom random, in ReadOnlyTensorSpan<T> logits, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tLogits, in TensorSpan<T> tY,
        T tSoftness)
    {
        var lengths = NoiseLengths(logits, y, OutputNames.Destination.Value, stackalloc nint[logits.Rank + y.Rank]);
        using var noise = Noise.Of<T, GumbelNumber>(random, Length(lengths));
        Jvp(logits, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, tLogits, tY, tSoftness);
    }

    // Counted from the end, the axis is the same in the noise, which has more axes before those of the logits.
    private AxisOptions Axis(in ReadOnlyTensorSpan<T> logits) => new(AxisShape.Resolve(axis, logits.Rank) - logits.Rank, false, false);

    private Leading<T, TopKIndexRow<T>> Top(in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> result, int along)
    {
        var k = result.IsEmpty ? 0 : result.Lengths[0];
        if (k < 1 || k > logits.Lengths[along]) ThrowSamples(result.Lengths, logits.Lengths);
        return new Leading<T, TopKIndexRow<T>>(new TopKIndexRow<T>(options, (int)k));
    }

    private int Check(in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> gumbel)
    {
        var along = AxisShape.Resolve(axis, logits.Rank);
        if (logits.Lengths[along] == 0) AxisShape.ThrowEmpty(logits.Lengths, along, Logits);
        var more = gumbel.Rank - logits.Rank;
        var fits = (replace ? more >= 0 : more == 0) && gumbel.Lengths[more..].SequenceEqual(logits.Lengths);
        if (!fits) ThrowNoise(gumbel.Lengths, logits.Lengths);
        return along;
    }

    private static Rented<T> Sums(in ReadOnlyTensorSpan<T> logits, in ReadOnlyTensorSpan<T> gumbel, int along)
    {
        var sums = Noise.Dense(gumbel);
        using var finite = Noise.Dense(logits);
        var stride = 1;
        for (var d = along + 1; d < logits.Rank; d++) stride *= (int)logits.Lengths[d];
        FiniteLogits.Replace(finite.Span, (int)logits.Lengths[along], stride);
        Noise.AddToBlocks(sums.Span, finite.Span);
        return sums;
    }

    /// <summary>The shape of the noise: samples by logits; without replacement that of the logits.</summary>
    private ReadOnlySpan<nint> NoiseLengths(
        scoped in ReadOnlyTensorSpan<T> logits, scoped in ReadOnlyTensorSpan<T> result, string parameter, Span<nint> storage)
    {
        var more = replace ? result.Rank - logits.Rank : 0;
        if (more < 0) ThrowRank(result.Lengths, logits.Lengths, parameter);
        result.Lengths[..more].CopyTo(storage);
        logits.Lengths.CopyTo(storage[more..]);
        return storage[..(more + logits.Rank)];
    }

    private static long Length(ReadOnlySpan<nint> lengths)
    {
        var length = 1L;
        foreach (var of in lengths) length = checked(length * of);
        return length;
    }

    [DoesNotReturn]
    private static void ThrowNoise(ReadOnlySpan<nint> gumbel, ReadOnlySpan<nint> logits) => throw new ArgumentException(
        $"'{Gumbel}' has shape {AxisShape.Text(gumbel)}; it must have the shape of '{Logits}', {AxisShape.Text(logits)}, "
        + "with that of the samples before it unless they are drawn without replacement.", Gumbel);

    [DoesNotReturn]
    private static void ThrowSamples(ReadOnlySpan<nint> result, ReadOnlySpan<nint> logits) => throw new ArgumentException(
        $"The result has shape {AxisShape.Text(result)}; without replacement its first axis is that of the samples, at least 1 "
        + $"and at most as many as categories in '{Logits}' of shape {AxisShape.Text(logits)}.", OutputNames.Destination.Value);

    [DoesNotReturn]
    private static void ThrowRank(ReadOnlySpan<nint> result, ReadOnlySpan<nint> logits, string parameter) => throw new ArgumentException(
        $"'{parameter}' has shape {AxisShape.Text(result)}, which is too few axes for samples of '{Logits}' "
        + $"of shape {AxisShape.Text(logits)}.", parameter);
}
