namespace SoftDiff;

/// <summary>The value for single elements.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal struct ScalarValue<T>(T x, T y, T z) : IPointwiseAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TFunction>(TFunction function)
        where TFunction : struct, IPointwise<T> => Value = Pointwise.Evaluate(x, y, z, function);
}

/// <summary>The value and the partial derivatives for single elements.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal struct ScalarPartials<T>(T x, T y, T z) : IPointwiseAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T Value;

    public Partials<T> Partials;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TFunction>(TFunction function)
        where TFunction : struct, IPointwise<T> => Value = Pointwise.Evaluate(x, y, z, function, out Partials);
}

/// <summary>One pass over spans.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TPass">What is computed.</typeparam>
internal ref struct SpanPass<T, TPass>(in PointwiseSpans<T> spans, T tSoftness) : IPointwiseAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TPass : struct, IPass
{
    private readonly PointwiseSpans<T> _spans = spans;

    /// <summary>The cotangent of the softness.</summary>
    public double DSoftness;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TFunction>(TFunction function)
        where TFunction : struct, IPointwise<T> => DSoftness = Pointwise.Run<T, TFunction, TPass>(_spans, tSoftness, function);
}
