using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>
/// Computes the smooth soft index of the largest element by SoftSort, which is the softmax of w / s. It takes a few passes in the precision
/// of the row. No sum cancels, so rows of float need no double precision.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="softness">s, more than 0.</param>
/// <param name="squashes">Whether w is the squashed row, and not the row itself.</param>
internal readonly struct SoftmaxRow<T>(T softness, bool squashes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T Scale => Softness<T>.Reciprocal(softness);

    /// <summary>The value, unless the row needs more range than T has; then nothing is written.</summary>
    public bool TryValue(ReadOnlySpan<T> x, Span<T> y)
    {
        var squash = Squash.Of(x, squashes);
        if (!squash.Fits) return false;
        using var squashed = Scratch.Rent<T>(squashes ? x.Length : 0);
        Normalize(squash, x, squashed.Span, y);
        return true;
    }

    /// <summary>The value, unless none is wanted, and derivatives, on the same condition as <see cref="TryValue"/>.</summary>
    public bool TryVjp(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<T> cY, Span<T> dX, out T cSoftness)
    {
        cSoftness = T.NaN;
        var squash = Squash.Of(x, squashes);
        if (!squash.Fits) return false;
        using var ownWeights = Scratch.Rent<T>(y.IsEmpty ? x.Length : 0);

        // The squashed row lies where its cotangents will be.
        var weights = y.IsEmpty ? ownWeights.Span : y;
        var (sum, products, _) = Weigh(squash, x, cY, dX, weights);
        if (!double.IsFinite(sum))
        {
            y.Fill(T.NaN);
            dX.Fill(T.NaN);
            return true;
        }

        var softmax = new SoftmaxCotangent<T>(T.CreateTruncating(1 / sum), T.CreateTruncating(products / sum), Scale);
        var spans = new FusedSpans<T> { A = weights, B = cY, C = squashes ? dX : x, D = squashes ? x : default, First = weights, Second = dX };
        double moment;
        if (squashes)
        {
            var sums = FusedPass.Run(spans, new SquashedSoftmaxCotangent<T>(softmax, squash.Top, squash.Mean));
            squash.Center(x, dX, sums.Sum2, sums.Sum3, dX);
            moment = sums.Sum1;
        }
        else
        {
            moment = FusedPass.Run(spans, new PlainSoftmaxCotangent<T>(softmax, squash.Top)).Sum1;
        }

        cSoftness = T.CreateTruncating(-moment * double.CreateTruncating(Scale));
        return true;
    }

    /// <summary>Value and tangents, on the same condition as <see cref="TryValue"/>.</summary>
    public bool TryJvp(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, Span<T> y, Span<T> tY)
    {
        var squash = Squash.Of(x, squashes);
        if (!squash.Fits) return false;
        using var squashed = Scratch.Rent<T>(squashes ? x.Length : 0);
        if (!Normalize(squash, x, squashed.Span, y))
        {
            tY.Fill(T.NaN);
            return true;
        }

        var w = squashes ? squashed.Span : x;

        // The tangent of w / s without the factor 1 / s.
        squash.Pushforward(x, w, tX, tY);
        Lanewise.Map(tY, w, tY, new PlusScaled<T>(-tSoftness * Scale));
        var mean = T.CreateTruncating(Lanewise.Sum(y, tY, default(Product<T>)));
        Lanewise.Map(y, tY, tY, new ScaledDeviation<T>(mean, Scale));
        return true;
    }

    /// <summary>The softmax, and w if it is not x; false if there is none and all is NaN.</summary>
    private bool Normalize(Squash squash, ReadOnlySpan<T> x, Span<T> w, Span<T> y)
    {
        // No cotangents are given, and their sum is not used.
        var sum = Weigh(squash, x, x, w, y).Sum1;
        if (double.IsFinite(sum)) Lanewise.Map(y, y, new Scaled<T>(T.CreateTruncating(1 / sum)));
        else y.Fill(T.NaN);
        return double.IsFinite(sum);
    }

    /// <summary>
    /// The weights exp((w - max w) / s), and w itself if it is not x. As for the other methods infinite elements have no differences, so their sum
    /// is NaN.
    /// </summary>
    /// <returns>The sum of the weights, and that of their products with the cotangents.</returns>
    private FusedSums Weigh(Squash squash, ReadOnlySpan<T> x, ReadOnlySpan<T> cotangents, Span<T> w, Span<T> weights)
    {
        var step = new SoftmaxWeight<T>(squash.Top, Scale);
        if (!squashes) return FusedPass.Run(new FusedSpans<T> { A = x, B = cotangents, First = weights }, step);

        // In two loops, block by block: one would be a chain too long for the processor to work on enough vectors at once.
        const int Block = 2048;
        var sums = default(FusedSums);
        for (var start = 0; start < x.Length; start += Block)
        {
            var length = Math.Min(Block, x.Length - start);
            var block = w.Slice(start, length);
            Lanewise.Map(x.Slice(start, length), block, new Squashed<T>(squash.Mean, squash.Inverse));
            sums += FusedPass.Run(new FusedSpans<T> { A = block, B = cotangents.Slice(start, length), First = weights.Slice(start, length) }, step);
        }

        return sums;
    }

    /// <summary>w = σ((x - m) / d), or w = x.</summary>
    /// <param name="IsUsed">Whether w is not x.</param>
    /// <param name="Top">The largest w.</param>
    /// <param name="Mean">m.</param>
    /// <param name="Inverse">1 / d.</param>
    private readonly record struct Squash(bool IsUsed, T Top, T Mean, T Inverse)
    {
        private const double Epsilon = 1e-6;

        /// <summary>Whether the elements' squares are finite. Those of infinite elements and of NaN are not.</summary>
        public bool Fits => Inverse > T.Zero;

        public static Squash Of(ReadOnlySpan<T> x, bool squashes)
        {
            if (!squashes) return new Squash(false, Lanewise.Max(x), T.Zero, T.One);

            // Block by block, which stays in the cache. Blocks are put together as by Chan, Golub and LeVeque (1979).
            const int Block = 4096;
            var (max, mean, squares, count) = (T.NegativeInfinity, 0.0, 0.0, 0);
            for (var rest = x; !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
            {
                var block = rest[..Math.Min(Block, rest.Length)];
                max = T.Max(max, Lanewise.Max(block));
                var blockMean = Lanewise.Sum(block, block, default(First<T>)) / block.Length;
                var own = Lanewise.Sum(block, block, new SquareFrom<T>(T.CreateTruncating(blockMean)));
                var step = blockMean - mean;
                var total = count + block.Length;
                squares += own + (step * step * ((double)count * block.Length / total));
                mean += step * block.Length / total;
                count = total;
            }

            var center = T.CreateTruncating(mean);
            var inverse = T.CreateTruncating(1 / Math.Sqrt((squares / count) + Epsilon));
            return new Squash(true, Logistic((max - center) * inverse), center, inverse);
        }

        // By the instructions by which it is computed for the row.
        private static T Logistic(T z) => default(LogisticOperator<T>).Invoke<Vector128<T>, Lanes128<T>>(Vector128.Create(z), default).ToScalar();

        /// <summary>The tangents of w for those of x.</summary>
        public void Pushforward(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> tX, Span<T> tW)
        {
            if (!IsUsed)
            {
                tX.CopyTo(tW);
                return;
            }

            var total = Lanewise.Sum(tX, tX, default(First<T>));
            Center(x, tX, total, Lanewise.Sum(x, tX, new DifferenceProduct<T>(Mean)), tW);
            Lanewise.Map(w, tW, tW, default(LogisticSlopeProduct<T>));
        }

        /// <summary>
        /// The Jacobian of z = (x - m) / d, which is symmetric, times <paramref name="g"/>: (g - mean g - (x - m) mean (g (x - m)) / d²) / d.
        /// </summary>
        public void Center(ReadOnlySpan<T> x, ReadOnlySpan<T> g, double total, double moment, Span<T> result)
        {
            var inverse = double.CreateTruncating(Inverse);
            var factor = T.CreateTruncating(moment / x.Length * inverse * inverse);
            Lanewise.Map(g, x, result, new CenteredDifference<T>(T.CreateTruncating(total / x.Length), Mean, factor, Inverse));
        }
    }
}

/// <summary>x (y - mean) factor.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct ScaledDeviation<T>(T mean, T factor) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> =>
        TLanes.Multiply(TLanes.Multiply(x, TLanes.Subtract(y, TLanes.Broadcast(mean))), TLanes.Broadcast(factor));
}

/// <summary>x (1 - x) y: the slope of σ from its value.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogisticSlopeProduct<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => TLanes.Multiply(TLanes.Multiply(x, TLanes.Subtract(TLanes.Constant(1), x)), y);
}

/// <summary>(x - mean - (y - centre) factor) scale.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct CenteredDifference<T>(T mean, T centre, T factor, T scale) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var moved = TLanes.Multiply(TLanes.Subtract(y, TLanes.Broadcast(centre)), TLanes.Broadcast(factor));
        return TLanes.Multiply(TLanes.Subtract(TLanes.Subtract(x, TLanes.Broadcast(mean)), moved), TLanes.Broadcast(scale));
    }
}
