namespace SoftDiff;

/// <summary>
/// The numbers from which the rows of NeuralSort are computed: the sorted elements in units of the softness, and the sums of their soft
/// distances.
/// </summary>
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
        _memory = Scratch.Rent<double>(5 * (n + VectorKernel.Padding));
        _sums = Padded(0);
        _distances = new DistanceSums(mode, _sorted.Keys, Padded(1), Padded(2));
        _distances.Value(_sums);
    }

    public readonly int Length => _sorted.Keys.Length;

    /// <summary>How long spans are that belong to the elements.</summary>
    public readonly int PaddedLength => Length + VectorKernel.Padding;

    public readonly ReadOnlySpan<int> Order => _sorted.Order;

    /// <summary>The rows alone.</summary>
    public readonly NeuralLogits Logits() => Logits(default, default, default, default, 0);

    /// <summary>The rows for a forward sweep. The spans are padded; their contents beforehand do not matter.</summary>
    public readonly NeuralLogits Logits(ReadOnlySpan<double> tW, double softness, double tSoftness, Span<double> tKeys, Span<double> tSums)
    {
        tKeys.Clear();
        SortedOrder.Gather(tW, Order, tKeys[..Length]);
        Lanewise.Map(tKeys, tKeys, new Scaled<double>(1 / softness));
        _distances.Tangents(tKeys, tSums);

        var relative = tSoftness / softness;
        if (relative != 0)
        {
            using var excess = Scratch.Rent<double>(PaddedLength);
            _distances.Excess(excess.Span);
            Lanewise.Map(tSums, excess.Span, tSums, new PlusScaled<double>(-relative));
        }

        return Logits(tKeys[..Length], tSums[..Length], default, default, relative);
    }

    /// <summary>The rows for a reverse sweep. The spans are padded and cleared.</summary>
    public readonly NeuralLogits Logits(Span<double> cKeys, Span<double> cSums) => Logits(default, default, cKeys[..Length], cSums[..Length], 0);

    /// <summary>Completes the reverse sweep with the derivatives of the sums.</summary>
    /// <returns>The cotangent of the softness times the softness.</returns>
    public readonly double Pullback(in NeuralLogits logits, Span<double> cKeys, ReadOnlySpan<double> cSums, Span<double> dW)
    {
        var excess = _distances.Pullback(cSums, cKeys);
        _sorted.Pullback(cKeys[..Length], default, default, dW);
        return logits.SoftnessCotangent - excess;
    }

    public void Dispose()
    {
        _sorted.Dispose();
        _memory.Dispose();
        _hull.Dispose();
    }

    private readonly NeuralLogits Logits(
        ReadOnlySpan<double> tKeys, ReadOnlySpan<double> tSums, Span<double> cKeys, Span<double> cSums, double relativeSoftnessTangent) =>
        new(_sorted.Keys, _sums[..Length], new SimplexProjection(_mode).Reach(Length), _hull.Span, Padded(3), Padded(4)[..Length])
        {
            KeyTangents = tKeys,
            SumTangents = tSums,
            RelativeSoftnessTangent = relativeSoftnessTangent,
            KeyCotangents = cKeys,
            SumCotangents = cSums,
        };

    private readonly Span<double> Padded(int part) => _memory.Span.Slice(part * PaddedLength, PaddedLength);
}
