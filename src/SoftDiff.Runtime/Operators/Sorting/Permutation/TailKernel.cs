namespace SoftDiff;

/// <summary>
/// Adds up by how much soft distances with the logistic function differ from the distance itself, over all pairs of sorted elements from a reach on:
/// 2σ(d) - 1 is 1 + 2 Σₘ (-1)ᵐ exp(-m d), and the exponentials of sums of gaps are products. So the sums over all elements far below the next element follow from
/// those of this one, and the number of operations is proportional to that of elements, not of pairs.
/// </summary>
/// <param name="count">How many elements.</param>
/// <param name="keys">The sorted elements.</param>
/// <param name="numbers">A number for each element.</param>
/// <param name="sums">The sum for each element is added here.</param>
internal ref struct TailKernel<TTerm>(int count, ReadOnlySpan<double> keys, ReadOnlySpan<double> numbers, Span<double> sums) : IVectorKernel<double>
    where TTerm : struct, IPairTerm
{
    private readonly ReadOnlySpan<double> _keys = keys, _numbers = numbers;
    private readonly Span<double> _sums = sums;

    /// <summary>The terms of the pairs in the sum over all pairs.</summary>
    public double Total { get; private set; }

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        Span<double> memory = stackalloc double[TailSeries<TVector, TLanes>.MemoryLength];
        var series = new TailSeries<TVector, TLanes>(memory, TTerm.HasNumbers, TTerm.HasExcess);
        Sweep(series, upwards: true);
        series.Clear();
        Sweep(series, upwards: false);
    }

    private void Sweep<TVector, TLanes>(scoped TailSeries<TVector, TLanes> series, bool upwards)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        var (first, direction) = upwards ? (0, 1) : (count - 1, -1);
        var far = first;
        for (var step = 1; step < count; step++)
        {
            var i = first + (step * direction);

            // The order is known. An absolute value would lose the derivatives of these distances where they are 0.
            series.Move(direction * (_keys[i] - _keys[i - direction]));
            for (; direction * (_keys[i] - _keys[far]) >= TailSeries.Reach; far += direction)
                series.Add(direction * (_keys[i] - _keys[far]), _numbers[far]);
            if (far == first) continue;
            _sums[i] += TTerm.Tail(series.Sums(), _numbers[i], upwards, out var total);
            Total += total;
        }
    }
}
