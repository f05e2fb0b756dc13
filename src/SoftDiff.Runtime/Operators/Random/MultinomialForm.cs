using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>The soft number of times that each category occurs: the sum of categorical samples over the first axis of the noise.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The common options.</param>
internal readonly struct MultinomialForm<T>(SortOptions<T> options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Gumbel = "gumbel";

    private CategoricalForm<T> Categorical => new(options, true, -1);

    public void Value(in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y)
    {
        Check(p, gumbel);
        AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        using var chances = new LogChances<T>(p);
        using var samples = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var sum = Scratch.Rent<T>(chances.Logits.Length);
        Categorical.Value(new ReadOnlyTensorSpan<T>(chances.Logits, p.Lengths), gumbel, new TensorSpan<T>(samples.Span, gumbel.Lengths));
        Noise.SumBlocks(samples.Span, sum.Span);
        new ReadOnlyTensorSpan<T>(sum.Span, y.Lengths).CopyTo(y);
    }

    public T Vjp(
        in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dP)
    {
        Check(p, gumbel);
        if (!y.IsEmpty) AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        AxisShape.Same(cY.Lengths, p.Lengths, OutputNames.Destination.Cotangent, nameof(p), p.Lengths);
        AxisShape.Same(dP.Lengths, p.Lengths, nameof(dP), nameof(p), p.Lengths);
        Outputs.RequireApart(dP, nameof(dP), y, OutputNames.Destination.Value);
        using var chances = new LogChances<T>(p);
        using var samples = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var cSamples = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var sum = Scratch.Rent<T>(chances.Logits.Length);
        using var gradient = Scratch.Rent<T>(chances.Logits.Length);
        using var cotangent = Noise.Dense(cY);
        Noise.Repeat(cotangent.Span, cSamples.Span);
        var dSoftness = Categorical.Vjp(
            new ReadOnlyTensorSpan<T>(chances.Logits, p.Lengths), gumbel, new TensorSpan<T>(samples.Span, gumbel.Lengths),
            new ReadOnlyTensorSpan<T>(cSamples.Span, gumbel.Lengths), new TensorSpan<T>(gradient.Span, p.Lengths));
        chances.Divide(gradient.Span);
        Noise.SumBlocks(samples.Span, sum.Span);
        if (!y.IsEmpty) new ReadOnlyTensorSpan<T>(sum.Span, y.Lengths).CopyTo(y);
        new ReadOnlyTensorSpan<T>(gradient.Span, dP.Lengths).CopyTo(dP);
        return dSoftness;
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> gumbel, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tP, in TensorSpan<T> tY,
        T tSoftness)
    {
        Check(p, gumbel);
        AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        AxisShape.Same(tP.Lengths, p.Lengths, nameof(tP), nameof(p), p.Lengths);
        AxisShape.Same(tY.Lengths, p.Lengths, OutputNames.Destination.Tangent, nameof(p), p.Lengths);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);
        using var chances = new LogChances<T>(p);
        using var samples = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var tSamples = Scratch.Rent<T>((long)gumbel.FlattenedLength);
        using var sum = Scratch.Rent<T>(chances.Logits.Length);
        using var tangent = Noise.Dense(tP);
        chances.Divide(tangent.Span);
        Categorical.Jvp(
            new ReadOnlyTensorSpan<T>(chances.Logits, p.Lengths), gumbel, new TensorSpan<T>(samples.Span, gumbel.Lengths),
            new ReadOnlyTensorSpan<T>(tangent.Span, p.Lengths), new TensorSpan<T>(tSamples.Span, gumbel.Lengths), tSoftness);
        Noise.SumBlocks(samples.Span, sum.Span);
        new ReadOnlyTensorSpan<T>(sum.Span, y.Lengths).CopyTo(y);
        Noise.SumBlocks(tSamples.Span, sum.Span);
        new ReadOnlyTensorSpan<T>(sum.Span, tY.Lengths).CopyTo(tY);
    }

    public void Value(SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y)
    {
        var lengths = Trials.NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, GumbelNumber>(random, (long)p.FlattenedLength * trials);
        Value(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y);
    }

    public T Vjp(
        SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dP)
    {
        var lengths = Trials.NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, GumbelNumber>(random, (long)p.FlattenedLength * trials);
        return Vjp(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, cY, dP);
    }

    public void Jvp(
        SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tP, in TensorSpan<T> tY,
        T tSoftness)
    {
        var lengths = Trials.NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, GumbelNumber>(random, (long)p.FlattenedLength * trials);
        Jvp(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, tP, tY, tSoftness);
    }

    private static void Check(in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> gumbel)
    {
        if (p.IsEmpty) AxisShape.ThrowEmpty(p.Lengths, null, nameof(p));
        if (!Trials.Fit(gumbel.Lengths, p.Lengths)) Trials.ThrowNoise(gumbel.Lengths, p.Lengths, Gumbel);
    }
}
