namespace SoftDiff;

/// <summary>From x and cotangents c the weights p = exp((x - top) / s), Σ p, which is NaN if an x is infinite or NaN, and Σ p c.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="top">The largest x.</param>
/// <param name="scale">1 / s.</param>
internal readonly struct SoftmaxWeight<T>(T top, T scale) : IFusedStep<T>
{
    public static int Inputs => 2;

    public static int Outputs => 1;

    public static int Sums => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        terms = default;
        second = default;
        var below = TLanes.Subtract(TLanes.Broadcast(top), a);
        var first = Weight<TVector, TLanes>(below, scale);
        terms.Term1 = TLanes.MultiplyAdd(below, TLanes.Constant(0), first);
        terms.Term2 = TLanes.Multiply(first, b);
        return first;
    }

    /// <summary>exp(-below · scale).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Weight<TVector, TLanes>(TVector below, T scale)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => Exponential.Decay<T, TVector, TLanes>(
        TLanes.AtMost(TLanes.Multiply(below, TLanes.Broadcast(scale)), TLanes.Constant(Exponential.Underflow<T>())));
}

/// <summary>σ((x - m) / d).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="mean">m.</param>
/// <param name="inverse">1 / d.</param>
internal readonly struct Squashed<T>(T mean, T inverse) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var z = TLanes.Multiply(TLanes.Subtract(x, TLanes.Broadcast(mean)), TLanes.Broadcast(inverse));
        return default(LogisticOperator<T>).Invoke<TVector, TLanes>(z, z);
    }
}

/// <summary>The softmax p of weights, and the cotangent p (c - mean) / s of what it is taken of.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="norm">One over the sum of the weights.</param>
/// <param name="mean">Σ p c.</param>
/// <param name="scale">1 / s.</param>
internal readonly struct SoftmaxCotangent<T>(T norm, T mean, T scale)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector, TLanes>(TVector weight, TVector c, out TVector p)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        p = TLanes.Multiply(weight, TLanes.Broadcast(norm));
        return TLanes.Multiply(TLanes.Multiply(p, TLanes.Subtract(c, TLanes.Broadcast(mean))), TLanes.Broadcast(scale));
    }
}

/// <summary>From weights, c and x the softmax, the cotangent g of x, and Σ (x - top) g.</summary>
/// <remarks>The cotangents add up to 0, so that any number may be taken off x; with the largest x the products are small where p is.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softmax">From weights and c.</param>
/// <param name="top">The largest x.</param>
internal readonly struct PlainSoftmaxCotangent<T>(SoftmaxCotangent<T> softmax, T top) : IFusedStep<T>
{
    public static int Inputs => 3;

    public static int Outputs => 2;

    public static int Sums => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        terms = default;
        second = softmax.Of<TVector, TLanes>(a, b, out var p);
        terms.Term1 = TLanes.Multiply(second, TLanes.Subtract(c, TLanes.Broadcast(top)));
        return p;
    }
}

/// <summary>
/// From weights, c, w and x, where w = σ(z), the softmax, and the cotangent g = w (1 - w) h of z, h being that of w; and Σ (w - top) h, Σ g and Σ (x - mean) g.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softmax">From weights and c.</param>
/// <param name="top">The largest w.</param>
/// <param name="mean">The mean of x.</param>
internal readonly struct SquashedSoftmaxCotangent<T>(SoftmaxCotangent<T> softmax, T top, T mean) : IFusedStep<T>
{
    public static int Inputs => 4;

    public static int Outputs => 2;

    public static int Sums => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        terms = default;
        var ofInput = softmax.Of<TVector, TLanes>(a, b, out var p);
        second = default(LogisticSlopeProduct<T>).Invoke<TVector, TLanes>(c, ofInput);
        terms.Term1 = TLanes.Multiply(ofInput, TLanes.Subtract(c, TLanes.Broadcast(top)));
        terms.Term2 = second;
        terms.Term3 = TLanes.Multiply(second, TLanes.Subtract(d, TLanes.Broadcast(mean)));
        return p;
    }
}
