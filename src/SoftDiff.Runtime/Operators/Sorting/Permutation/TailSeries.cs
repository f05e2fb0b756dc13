namespace SoftDiff;

/// <summary>
/// Sums over all elements far on one side of an element: their contributions beyond the distance itself, weighted by numbers if the term
/// has any.
/// </summary>
/// <param name="Value">Σ (soft distance - d).</param>
/// <param name="Slope">Σ (slope - 1).</param>
/// <param name="WeightedSlope">Σ number (slope - 1).</param>
/// <param name="Excess">Σ excess.</param>
/// <param name="WeightedExcess">Σ number · excess.</param>
internal readonly record struct TailSums(double Value, double Slope, double WeightedSlope, double Excess, double WeightedExcess);

/// <summary>Where the series serves.</summary>
internal static class TailSeries
{
    /// <summary>From here on it has converged: exp(-25 · 1.75) is 1e-19.</summary>
    public const double Reach = 1.75;

    /// <summary>Enough terms for the reach, and a multiple of the lanes of all widths.</summary>
    public const int Orders = 24;
}

/// <summary>For the elements on one side of a place, and for the orders m: Σ p, Σ p d and Σ p d² with p = exp(-m d), and the same times the numbers of the elements.</summary>
internal readonly ref struct TailSeries<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, double>
{
    private const int Orders = TailSeries.Orders;

    private readonly Span<double> _sums, _weighted, _signs, _orders, _powers;
    private readonly bool _hasNumbers, _hasExcess;

    /// <summary>Prepares sums over no elements.</summary>
    /// <param name="memory">Memory of <see cref="MemoryLength"/>, 0 at first.</param>
    /// <param name="hasNumbers">Whether there are numbers.</param>
    /// <param name="hasExcess">Whether the excess is wanted.</param>
    public TailSeries(Span<double> memory, bool hasNumbers, bool hasExcess)
    {
        (_hasNumbers, _hasExcess) = (hasNumbers, hasExcess);
        _sums = memory[..(3 * Orders)];
        _weighted = memory.Slice(3 * Orders, 3 * Orders);
        _signs = memory.Slice(6 * Orders, Orders);
        _orders = memory.Slice(7 * Orders, Orders);
        _powers = memory.Slice(8 * Orders, TLanes.Count);
        for (var m = 1; m <= Orders; m++)
        {
            _signs[m - 1] = m % 2 == 0 ? 2 : -2;
            _orders[m - 1] = -m * _signs[m - 1];
        }
    }

    public static int MemoryLength => (8 * Orders) + TLanes.Count;

    public void Clear()
    {
        _sums.Clear();
        _weighted.Clear();
    }

    /// <summary>Moves the place away from the elements.</summary>
    public void Move(double step)
    {
        // Elements this far away are negligible.
        if (step >= SmoothDistance.Reach)
        {
            Clear();
            return;
        }

        var power = Powers(step, out var raise);
        var (once, twice, square) = (TLanes.Broadcast(step), TLanes.Broadcast(2 * step), TLanes.Broadcast(step * step));
        for (var m = 0; m < Orders; m += TLanes.Count)
        {
            Move(_sums, m, power, once, twice, square);
            if (_hasNumbers) Move(_weighted, m, power, once, twice, square);
            power = TLanes.Multiply(power, raise);
        }
    }

    /// <summary>Adds an element.</summary>
    public void Add(double distance, double number)
    {
        if (distance >= SmoothDistance.Reach) return;
        var power = Powers(distance, out var raise);
        var (d, weight) = (TLanes.Broadcast(distance), TLanes.Broadcast(number));
        for (var m = 0; m < Orders; m += TLanes.Count)
        {
            Add(_sums, m, power, d);
            if (_hasNumbers) Add(_weighted, m, TLanes.Multiply(power, weight), d);
            power = TLanes.Multiply(power, raise);
        }
    }

    /// <summary>The sums of the series' terms: d (-1)ᵐ 2 exp(-m d), their derivatives, and d times these less the terms.</summary>
    public TailSums Sums()
    {
        var zero = TLanes.Constant(0);
        var (value, slope, weightedSlope, excess, weightedExcess) = (zero, zero, zero, zero, zero);
        for (var m = 0; m < Orders; m += TLanes.Count)
        {
            var (sign, order) = (Load(_signs, m), Load(_orders, m));
            var first = Load(_sums, Orders + m);
            value = TLanes.MultiplyAdd(sign, first, value);
            slope = TLanes.MultiplyAdd(sign, Load(_sums, m), TLanes.MultiplyAdd(order, first, slope));
            if (_hasExcess) excess = TLanes.MultiplyAdd(order, Load(_sums, (2 * Orders) + m), excess);
            if (!_hasNumbers) continue;
            weightedSlope = TLanes.MultiplyAdd(sign, Load(_weighted, m), TLanes.MultiplyAdd(order, Load(_weighted, Orders + m), weightedSlope));
            if (_hasExcess) weightedExcess = TLanes.MultiplyAdd(order, Load(_weighted, (2 * Orders) + m), weightedExcess);
        }

        return new TailSums(Total(value), Total(slope), Total(weightedSlope), Total(excess), Total(weightedExcess));
    }

    private static double Total(TVector lanes) => VectorKernel.Total<double, TVector, TLanes>(lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ReadOnlySpan<double> span, int index) => VectorKernel.Load<TVector, TLanes>(span, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector value, Span<double> span, int index) => VectorKernel.Store<TVector, TLanes>(value, span, index);

    // Σ p (d + s)² = Σ p d² + 2 s Σ p d + s² Σ p, and p takes the factor exp(-m s).
    private void Move(Span<double> sums, int m, TVector power, TVector once, TVector twice, TVector square)
    {
        var (zeroth, first) = (Load(sums, m), Load(sums, Orders + m));
        if (_hasExcess)
        {
            var second = TLanes.MultiplyAdd(square, zeroth, TLanes.MultiplyAdd(twice, first, Load(sums, (2 * Orders) + m)));
            Store(TLanes.Multiply(power, second), sums, (2 * Orders) + m);
        }

        Store(TLanes.Multiply(power, TLanes.MultiplyAdd(once, zeroth, first)), sums, Orders + m);
        Store(TLanes.Multiply(power, zeroth), sums, m);
    }

    private void Add(Span<double> sums, int m, TVector power, TVector d)
    {
        var moment = TLanes.Multiply(power, d);
        Store(TLanes.Add(Load(sums, m), power), sums, m);
        Store(TLanes.Add(Load(sums, Orders + m), moment), sums, Orders + m);
        if (_hasExcess) Store(TLanes.MultiplyAdd(moment, d, Load(sums, (2 * Orders) + m)), sums, (2 * Orders) + m);
    }

    /// <summary>exp(-d), exp(-2 d), … of one vector, and the factor from it to the next.</summary>
    private TVector Powers(double d, out TVector raise)
    {
        var power = Math.Exp(-d);
        _powers[0] = power;
        for (var lane = 1; lane < TLanes.Count; lane++) _powers[lane] = _powers[lane - 1] * power;
        raise = TLanes.Broadcast(_powers[TLanes.Count - 1]);
        return Load(_powers, 0);
    }
}
