using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// The soft number of successes: Σ less(uniform, p) over the first axis of the noise. For one trial the noise has the shape of p.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness.</param>
/// <param name="mode">How corners are rounded off.</param>
/// <param name="hasTrials">Whether the noise has an axis of trials.</param>
internal readonly struct BernoulliForm<T>(T softness, SoftMode mode, bool hasTrials)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Uniform = "uniform";

    // The 1e-10 that parts strict comparisons from the others.
    private readonly OrderOperator<T> _less = new(softness, mode, T.CreateTruncating(1e-10), true, T.Zero);

    public void Value(in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y)
    {
        Check(p, uniform);
        AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        using var noise = Noise.Dense(uniform);
        using var chances = Noise.Dense(p);
        var length = chances.Span.Length;
        using var sum = Scratch.RentCleared<T>(length);
        using var part = Scratch.Rent<T>(length);
        for (var start = 0; start < noise.Span.Length; start += length)
        {
            Elementwise.Map(_less, noise.Span.Slice(start, length), chances.Span, part.Span);
            Lanewise.Map(sum.Span, part.Span, sum.Span, default(Plus<T>));
        }

        Put(sum.Span, y);
    }

    public T Vjp(
        in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dP)
    {
        Check(p, uniform);
        if (!y.IsEmpty) AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        AxisShape.Same(cY.Lengths, p.Lengths, OutputNames.Destination.Cotangent, nameof(p), p.Lengths);
        AxisShape.Same(dP.Lengths, p.Lengths, nameof(dP), nameof(p), p.Lengths);
        Outputs.RequireApart(dP, nameof(dP), y, OutputNames.Destination.Value);
        using var noise = Noise.Dense(uniform);
        using var chances = Noise.Dense(p);
        using var cotangent = Noise.Dense(cY);
        var length = chances.Span.Length;
        using var sum = Scratch.RentCleared<T>(length);
        using var gradient = Scratch.RentCleared<T>(length);
        using var part = Scratch.Rent<T>(length);
        using var dPart = Scratch.Rent<T>(length);
        using var dNoise = Scratch.Rent<T>(length);
        var dSoftness = T.Zero;
        for (var start = 0; start < noise.Span.Length; start += length)
        {
            dSoftness += Elementwise.MapVjp(
                _less, noise.Span.Slice(start, length), chances.Span, part.Span, cotangent.Span, dNoise.Span, dPart.Span);
            Lanewise.Map(sum.Span, part.Span, sum.Span, default(Plus<T>));
            Lanewise.Map(gradient.Span, dPart.Span, gradient.Span, default(Plus<T>));
        }

        if (!y.IsEmpty) Put(sum.Span, y);
        Put(gradient.Span, dP);
        return dSoftness;
    }

    public void Jvp(
        in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tP, in TensorSpan<T> tY,
        T tSoftness)
    {
        Check(p, uniform);
        AxisShape.Same(y.Lengths, p.Lengths, OutputNames.Destination.Value, nameof(p), p.Lengths);
        AxisShape.Same(tP.Lengths, p.Lengths, nameof(tP), nameof(p), p.Lengths);
        AxisShape.Same(tY.Lengths, p.Lengths, OutputNames.Destination.Tangent, nameof(p), p.Lengths);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);
        using var noise = Noise.Dense(uniform);
        using var chances = Noise.Dense(p);
        using var tangent = Noise.Dense(tP);
        var length = chances.Span.Length;
        using var tNoise = Scratch.RentCleared<T>(length);
        using var sum = Scratch.RentCleared<T>(length);
        using var tSum = Scratch.RentCleared<T>(length);
        using var part = Scratch.Rent<T>(length);
        using var tPart = Scratch.Rent<T>(length);
        for (var start = 0; start < noise.Span.Length; start += length)
        {
            Elementwise.MapJvp(
                _less, noise.Span.Slice(start, length), chances.Span, part.Span, tNoise.Span, tangent.Span, tPart.Span, tSoftness);
            Lanewise.Map(sum.Span, part.Span, sum.Span, default(Plus<T>));
            Lanewise.Map(tSum.Span, tPart.Span, tSum.Span, default(Plus<T>));
        }

        Put(sum.Span, y);
        Put(tSum.Span, tY);
    }

    public void Value(SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y)
    {
        var lengths = NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, UniformNumber>(random, (long)p.FlattenedLength * trials);
        Value(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y);
    }

    public T Vjp(
        SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY, in TensorSpan<T> dP)
    {
        var lengths = NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, UniformNumber>(random, (long)p.FlattenedLength * trials);
        return Vjp(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, cY, dP);
    }

    public void Jvp(
        SoftRandom random, in ReadOnlyTensorSpan<T> p, int trials, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tP, in TensorSpan<T> tY,
        T tSoftness)
    {
        var lengths = NoiseLengths(p, trials, stackalloc nint[p.Rank + 1]);
        using var noise = Noise.Of<T, UniformNumber>(random, (long)p.FlattenedLength * trials);
        Jvp(p, new ReadOnlyTensorSpan<T>(noise.Span, lengths), y, tP, tY, tSoftness);
    }

    private static void Put(
        ReadOnlySpan<T> elements, in TensorSpan<T> tensor) => new ReadOnlyTensorSpan<T>(elements, tensor.Lengths).CopyTo(tensor);

    private ReadOnlySpan<nint> NoiseLengths(scoped in ReadOnlyTensorSpan<T> p, int trials, Span<nint> storage)
    {
        var lengths = Trials.NoiseLengths(p, trials, storage);
        return hasTrials ? lengths : lengths[1..];
    }

    private void Check(in ReadOnlyTensorSpan<T> p, in ReadOnlyTensorSpan<T> uniform)
    {
        if (p.IsEmpty) AxisShape.ThrowEmpty(p.Lengths, null, nameof(p));
        if (!hasTrials) AxisShape.Same(uniform.Lengths, p.Lengths, Uniform, nameof(p), p.Lengths);
        else if (!Trials.Fit(uniform.Lengths, p.Lengths)) Trials.ThrowNoise(uniform.Lengths, p.Lengths, Uniform);
    }
}
