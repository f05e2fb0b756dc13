namespace SoftDiff;

/// <summary>What the rows of NeuralSort are made of: the sorted elements in units of the softness, and the sums of their soft distances.</summary>
internal ref struct NeuralRow
{
    private readonly SoftMode _mode;
    private readonly DistanceSums _distances;
    private readonly Span<double> _sums;
    private SortedRow _sorted;
    private Rented<double> _memory;
    private Rented<int> _hull;

    public NeuralRow(ReadOnlySpan<double> w, double softness, SoftMode mode)
    {
        var n = w.Length;
        _mode = mode;
        _sorted = new SortedRow(w, softness, sort: true);
        _hull = Scratch.Rent<int>(n);
        _memory = Scratch.Rent<double>(3 * (n + VectorKernel.Padding));
        _distances = new DistanceSums(mode, _sorted.Keys, _memory.Span[..(n + VectorKernel.Padding)]);
        _sums = _memory.Span.Slice(n + VectorKernel.Padding, n + VectorKernel.Padding);
        _distances.Value(_sums);
    }

    public readonly int Length => _sorted.Keys.Length;

    /// <summary>How long spans are that belong to the elements.</summary>
    public readonly int PaddedLength => _sums.Length;

    public readonly ReadOnlySpan<int> Order => _sorted.Order;

    public readonly NeuralLogits Logits() => new(_sorted.Keys, _sums[..Length], new SimplexProjection(_mode).Reach, _hull.Span, LeastOfBlocks);

    /// <summary>The rows for a forward sweep. All spans are padded; their contents beforehand do not matter.</summary>
    public readonly NeuralLogits Logits(ReadOnlySpan<double> tW, double softness, double tSoftness, Span<double> tKeys, Span<double> tSums)
    {
        // The tangent of a = w / s is (tw - a ts) / s.
        tKeys.Clear();
        SortedOrder.Gather(tW, Order, tKeys[..Length]);
        Lanewise.Map(tKeys[..Length], _sorted.Keys, tKeys[..Length], new PlusScaled<double>(-tSoftness));
        Lanewise.Map(tKeys, tKeys, new Scaled<double>(1 / softness));
        _distances.Tangents(tKeys, tSums);
        return new NeuralLogits(_sorted.Keys, _sums[..Length], new SimplexProjection(_mode).Reach, _hull.Span, LeastOfBlocks)
        {
            KeyTangents = tKeys[..Length], SumTangents = tSums[..Length],
        };
    }

    /// <summary>The rows for a reverse sweep. The spans are padded and cleared.</summary>
    public readonly NeuralLogits Logits(Span<double> cKeys, Span<double> cSums) =>
        new(_sorted.Keys, _sums[..Length], new SimplexProjection(_mode).Reach, _hull.Span, LeastOfBlocks)
        {
            KeyCotangents = cKeys[..Length], SumCotangents = cSums[..Length],
        };

    /// <summary>Completes the reverse sweep with the derivatives of the sums.</summary>
    /// <returns>The cotangent of the softness times the softness.</returns>
    public readonly double Pullback(in NeuralLogits logits, Span<double> cKeys, ReadOnlySpan<double> cSums, Span<double> dW)
    {
        var moment = _distances.Pullback(cSums, cKeys);
        _sorted.Pullback(cKeys[..Length], default, default, dW);
        return logits.SoftnessCotangent - moment;
    }

    public void Dispose()
    {
        _sorted.Dispose();
        _memory.Dispose();
        _hull.Dispose();
    }

    private readonly Span<double> LeastOfBlocks => _memory.Span.Slice(2 * PaddedLength, Length);
}
