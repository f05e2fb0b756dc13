namespace SoftDiff;

/// <summary>
/// Sums of soft distances between sorted elements, Aⱼ = Σᵢ |aᵢ - aⱼ| (2σ - 1) in units of the softness, and their derivatives. Near pairs
/// are visited in vectors, each pair once. Pairs so far apart that the soft distance is the distance itself are computed from sums over the
/// elements.
/// </summary>
internal readonly ref struct DistanceSums
{
    private readonly SoftMode _mode;
    private readonly int _count;

    // The sorted elements and the padding.
    private readonly ReadOnlySpan<double> _keys;
    private readonly Span<double> _exponentials;

    /// <summary>Prepares sums.</summary>
    /// <param name="mode">The mode of the soft distance.</param>
    /// <param name="keys">The sorted elements.</param>
    /// <param name="memory">Memory as long as all spans given to the methods: the elements and <see cref="VectorKernel.Padding"/> more.</param>
    /// <param name="exponentials">The same.</param>
    public DistanceSums(SoftMode mode, ReadOnlySpan<double> keys, Span<double> memory, Span<double> exponentials)
    {
        keys.CopyTo(memory);
        memory[keys.Length..].Fill(double.MaxValue);
        _mode = mode;
        _count = keys.Length;
        _keys = memory;
        _exponentials = exponentials;
    }

    /// <summary>Overwrites <paramref name="sums"/> with A.</summary>
    public void Value(Span<double> sums)
    {
        sums.Clear();
        AddFar(_keys, sums);
        switch (_mode)
        {
            case SoftMode.Smooth: AddNear<DistanceTerm<SmoothDistance>>(_keys, sums); break;
            case SoftMode.C0: AddNear<DistanceTerm<LinearDistance>>(_keys, sums); break;
            case SoftMode.C1: AddNear<DistanceTerm<CubicDistance>>(_keys, sums); break;
            default: AddNear<DistanceTerm<QuinticDistance>>(_keys, sums); break;
        }
    }

    /// <summary>Overwrites <paramref name="tSums"/> with the tangents of A for those of the elements.</summary>
    public void Tangents(ReadOnlySpan<double> tKeys, Span<double> tSums)
    {
        tSums.Clear();
        AddFar(tKeys, tSums);
        switch (_mode)
        {
            case SoftMode.Smooth: AddNear<DistanceTangent<SmoothDistance>>(tKeys, tSums); break;
            case SoftMode.C0: AddNear<DistanceTangent<LinearDistance>>(tKeys, tSums); break;
            case SoftMode.C1: AddNear<DistanceTangent<CubicDistance>>(tKeys, tSums); break;
            default: AddNear<DistanceTangent<QuinticDistance>>(tKeys, tSums); break;
        }
    }

    /// <summary>Overwrites <paramref name="excess"/> with Σ aᵢ ∂A/∂aᵢ - A, for each of A.</summary>
    public void Excess(Span<double> excess)
    {
        excess.Clear();
        switch (_mode)
        {
            case SoftMode.Smooth: AddNear<DistanceExcess<SmoothDistance>>(_keys, excess); break;
            case SoftMode.C0: AddNear<DistanceExcess<LinearDistance>>(_keys, excess); break;
            case SoftMode.C1: AddNear<DistanceExcess<CubicDistance>>(_keys, excess); break;
            default: AddNear<DistanceExcess<QuinticDistance>>(_keys, excess); break;
        }
    }

    /// <summary>Adds to the cotangents of the elements what follows from those of A.</summary>
    /// <returns>The cotangents of A times the excess.</returns>
    public double Pullback(ReadOnlySpan<double> cSums, Span<double> cKeys)
    {
        PullbackOfFar(cSums, cKeys);
        return _mode switch
        {
            SoftMode.Smooth => AddNear<DistanceCotangent<SmoothDistance>>(cSums, cKeys),
            SoftMode.C0 => AddNear<DistanceCotangent<LinearDistance>>(cSums, cKeys),
            SoftMode.C1 => AddNear<DistanceCotangent<CubicDistance>>(cSums, cKeys),
            _ => AddNear<DistanceCotangent<QuinticDistance>>(cSums, cKeys),
        };
    }

    private double AddNear<TTerm>(ReadOnlySpan<double> numbers, Span<double> sums)
        where TTerm : struct, IPairTerm
    {
        var pairs = new PairKernel<TTerm>(Reach, _count, _keys, numbers, _exponentials, sums);
        VectorKernel.Run(ref pairs);
        if (!HasTails) return pairs.Total;
        var tails = new TailKernel<TTerm>(_count, _keys, numbers, sums);
        VectorKernel.Run(ref tails);
        return pairs.Total + tails.Total;
    }

    // sums[i] += Σ (numbers[j] - numbers[i]) over the j far above, and the opposite over those far below.
    private void AddFar(ReadOnlySpan<double> numbers, Span<double> sums)
    {
        var reach = Reach;
        double below = 0, above = 0;
        var (start, end) = (0, 0);
        for (var j = 0; j < _count; j++) above += numbers[j];
        for (var i = 0; i < _count; i++)
        {
            for (; _keys[i] - _keys[start] >= reach; start++) below += numbers[start];
            for (; end < _count && _keys[end] - _keys[i] < reach; end++) above -= numbers[end];
            sums[i] += (start * numbers[i]) - below;
            if (end < _count) sums[i] += above - ((_count - end) * numbers[i]);
        }
    }

    private void PullbackOfFar(ReadOnlySpan<double> cSums, Span<double> cKeys)
    {
        var reach = Reach;
        double below = 0, above = 0;
        var (start, end) = (0, 0);
        for (var j = 0; j < _count; j++) above += cSums[j];
        for (var i = 0; i < _count; i++)
        {
            for (; _keys[i] - _keys[start] >= reach; start++) below += cSums[start];
            for (; end < _count && _keys[end] - _keys[i] < reach; end++) above -= cSums[end];
            cKeys[i] += (start * cSums[i]) + below;
            if (end < _count) cKeys[i] -= ((_count - end) * cSums[i]) + above;
        }
    }

    // Where there are more pairs, n² / 2, than terms of the series, 48 n.
    private bool HasTails => _mode == SoftMode.Smooth && _count >= 128;

    private double Reach => HasTails ? TailSeries.Reach : _mode == SoftMode.Smooth ? SmoothDistance.Reach : LinearDistance.Reach;
}
