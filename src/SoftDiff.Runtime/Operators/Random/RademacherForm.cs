using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>Signs by the toss of a coin, softly: 2 less(uniform, ½) - 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">The softness.</param>
/// <param name="mode">How corners are rounded off.</param>
internal readonly struct RademacherForm<T>(T softness, SoftMode mode)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BernoulliForm<T> _coin = new(softness, mode, false);

    public void Value(in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y)
    {
        NotEmpty(uniform, nameof(uniform));
        AxisShape.Same(y.Lengths, uniform.Lengths, OutputNames.Destination.Value, nameof(uniform), uniform.Lengths);
        using var half = new Halves(uniform.FlattenedLength);
        using var heads = Scratch.Rent<T>((long)uniform.FlattenedLength);
        _coin.Value(half.Of(uniform), uniform, new TensorSpan<T>(heads.Span, uniform.Lengths));
        Put(heads.Span, y, new Affine<T>(T.CreateTruncating(2), -T.One));
    }

    public T Vjp(in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY)
    {
        NotEmpty(uniform, nameof(uniform));
        if (!y.IsEmpty) AxisShape.Same(y.Lengths, uniform.Lengths, OutputNames.Destination.Value, nameof(uniform), uniform.Lengths);
        AxisShape.Same(cY.Lengths, uniform.Lengths, OutputNames.Destination.Cotangent, nameof(uniform), uniform.Lengths);
        using var half = new Halves(uniform.FlattenedLength);
        using var heads = Scratch.Rent<T>((long)uniform.FlattenedLength);
        using var dHalf = Scratch.Rent<T>((long)uniform.FlattenedLength);
        var dSoftness = _coin.Vjp(
            half.Of(uniform), uniform, new TensorSpan<T>(heads.Span, uniform.Lengths), cY, new TensorSpan<T>(dHalf.Span, uniform.Lengths));
        if (!y.IsEmpty) Put(heads.Span, y, new Affine<T>(T.CreateTruncating(2), -T.One));
        return dSoftness * T.CreateTruncating(2);
    }

    public void Jvp(in ReadOnlyTensorSpan<T> uniform, in TensorSpan<T> y, in TensorSpan<T> tY, T tSoftness)
    {
        NotEmpty(uniform, nameof(uniform));
        AxisShape.Same(y.Lengths, uniform.Lengths, OutputNames.Destination.Value, nameof(uniform), uniform.Lengths);
        AxisShape.Same(tY.Lengths, uniform.Lengths, OutputNames.Destination.Tangent, nameof(uniform), uniform.Lengths);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);
        using var half = new Halves(uniform.FlattenedLength);
        using var still = Scratch.RentCleared<T>((long)uniform.FlattenedLength);
        using var heads = Scratch.Rent<T>((long)uniform.FlattenedLength);
        using var tHeads = Scratch.Rent<T>((long)uniform.FlattenedLength);
        _coin.Jvp(
            half.Of(uniform), uniform, new TensorSpan<T>(heads.Span, uniform.Lengths),
            new ReadOnlyTensorSpan<T>(still.Span, uniform.Lengths),
            new TensorSpan<T>(tHeads.Span, uniform.Lengths), tSoftness);
        Put(heads.Span, y, new Affine<T>(T.CreateTruncating(2), -T.One));
        Put(tHeads.Span, tY, new Affine<T>(T.CreateTruncating(2), T.Zero));
    }

    public void Value(SoftRandom random, in TensorSpan<T> y)
    {
        NotEmpty(y, OutputNames.Destination.Value);
        using var noise = Noise.Of<T, UniformNumber>(random, y.FlattenedLength);
        Value(new ReadOnlyTensorSpan<T>(noise.Span, y.Lengths), y);
    }

    public T Vjp(SoftRandom random, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY)
    {
        NotEmpty(cY, OutputNames.Destination.Cotangent);
        using var noise = Noise.Of<T, UniformNumber>(random, cY.FlattenedLength);
        return Vjp(new ReadOnlyTensorSpan<T>(noise.Span, cY.Lengths), y, cY);
    }

    public void Jvp(SoftRandom random, in TensorSpan<T> y, in TensorSpan<T> tY, T tSoftness)
    {
        NotEmpty(y, OutputNames.Destination.Value);
        using var noise = Noise.Of<T, UniformNumber>(random, y.FlattenedLength);
        Jvp(new ReadOnlyTensorSpan<T>(noise.Span, y.Lengths), y, tY, tSoftness);
    }

    private static void NotEmpty(in ReadOnlyTensorSpan<T> noise, string parameter)
    {
        if (noise.IsEmpty) AxisShape.ThrowEmpty(noise.Lengths, null, parameter);
    }

    private static void Put(Span<T> heads, in TensorSpan<T> y, Affine<T> sign)
    {
        Lanewise.Map(heads, heads, sign);
        new ReadOnlyTensorSpan<T>(heads, y.Lengths).CopyTo(y);
    }

    /// <summary>½ for every element.</summary>
    private ref struct Halves
    {
        private Rented<T> _memory;

        public Halves(nint length)
        {
            _memory = Scratch.Rent<T>((long)length);
            _memory.Span.Fill(T.CreateTruncating(0.5));
        }

        public readonly ReadOnlyTensorSpan<T> Of(in ReadOnlyTensorSpan<T> like) => new(_memory.Span, like.Lengths);

        public void Dispose() => _memory.Dispose();
    }
}
