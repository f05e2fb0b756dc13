namespace SoftDiff;

/// <summary>
/// A run of neighbours in the sorted row that share one value γ. Blocks of neighbours merge; each kind is the projection of one mode (SPEC: Blondel et
/// al., arXiv:2002.08871, and its extensions).
/// </summary>
/// <typeparam name="TBlock">The block itself.</typeparam>
internal interface IBlock<TBlock>
    where TBlock : unmanaged, IBlock<TBlock>
{
    /// <summary>The block of one element.</summary>
    static abstract TBlock Of(double z, double w, int index);

    /// <summary>The block of this one's elements and those of the one after it.</summary>
    TBlock With(TBlock next);

    /// <summary>The common value γ.</summary>
    double Level(in BlockRow row);

    /// <summary>γ once more from the elements of the finished block, so that nothing that merging rounded is left in it.</summary>
    static abstract double Refine(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w);

    /// <summary>The element of the projection, from t = z - γ.</summary>
    static abstract double Project(double t);

    /// <summary>
    /// For each element its share of γ's derivative with respect to z, that with respect to w (less its sign), and the slope of
    /// <see cref="Project"/>.
    /// </summary>
    static abstract void Partials(double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> byZ, Span<double> byW, Span<double> slope);

    /// <summary>
    /// From the cotangents of the projection, which are overwritten, those of z and of w. <paramref name="slope"/> is memory as long as they are.
    /// </summary>
    static virtual void Pullback(
        double level, ReadOnlySpan<double> z, ReadOnlySpan<double> w, Span<double> cY, Span<double> dZ, Span<double> dW, Span<double> slope)
    {
        TBlock.Partials(level, z, w, dZ, dW, slope);
        var total = 0.0;
        for (var i = 0; i < cY.Length; i++)
        {
            cY[i] *= slope[i];
            total += cY[i];
        }

        for (var i = 0; i < cY.Length; i++)
        {
            dZ[i] = cY[i] - (dZ[i] * total);
            dW[i] *= total;
        }
    }
}

/// <summary>
/// The data of the row that blocks read: its elements in descending order and, for kinds that need them, sums over ranges.
/// </summary>
internal readonly ref struct BlockRow(ReadOnlySpan<double> z, RangeMoments moments)
{
    public readonly ReadOnlySpan<double> Z = z;

    public readonly RangeMoments Moments = moments;
}
