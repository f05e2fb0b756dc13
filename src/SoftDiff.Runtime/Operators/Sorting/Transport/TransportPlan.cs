namespace SoftDiff;

/// <summary>
/// The regularised transport of n elements of mass 1 to m positions, at equal distances from 0 to 1, of given masses: the matrix G ≥ 0, of
/// one row for each position, that minimises ⟨C, G⟩ + s R(G) for the cost C = (x - position)², where all columns sum to 1 and the rows to
/// the masses.
/// </summary>
/// <remarks>
/// <para>At the optimum G = φ(t - θ) with t = x · scale + offset, where φ is exp for the smooth mode and max(·, 0)ᵖ with p = 1, 2, 3 for
/// c0, c1, c2. That is the cost without the terms that a column or a row has in common, which belong to the dual variables: θ of the
/// elements and the offsets of the positions. So shifting x changes nothing, and no digits are lost to large squares.</para>
/// <para>θ is a function of the offsets, which makes the columns sum to 1. The offsets minimise a convex function: the sum of θ over the
/// elements, and of the integral of φ, minus ⟨masses, offsets⟩.</para>
/// <para>Vectors run over the elements, so that the few positions of a maximum or a quantile cost as little as many.</para>
/// </remarks>
internal ref partial struct TransportPlan
{
    private readonly int _elements;
    private readonly int _positions;

    /// <summary>p, or 0 for the smooth mode.</summary>
    private readonly int _power;
    private readonly double _softness;

    private readonly Span<double> _x;
    private readonly Span<double> _masses;
    private readonly Span<double> _scales;
    private readonly Span<double> _offsets;

    /// <summary>The largest t of each element, and θ relative to it.</summary>
    private readonly Span<double> _top;
    private readonly Span<double> _level;

    /// <summary>G, and φ' at the same places: G itself in the smooth mode.</summary>
    private readonly Span<double> _weights;
    private readonly Span<double> _slopes;

    /// <summary>The sum of the slopes of each element.</summary>
    private readonly Span<double> _slopeSums;

    private readonly Span<double> _elementScratch;
    private readonly Span<double> _elementScratch2;
    private readonly Span<double> _gaps;
    private readonly Span<double> _step;
    private readonly Span<double> _trialOffsets;
    private readonly Span<double> _trialGaps;
    private readonly Span<double> _exchanged;
    private readonly Span<double> _matrix;
    private readonly Span<double> _ground;

    /// <summary>How many elements a position has where the softness vanishes, and which position has an element there.</summary>
    private readonly Span<int> _counts;
    private readonly Span<int> _home;
    private Rented<double> _memory;
    private Rented<int> _indices;

    private TransportPlan(int elements, int positions, double softness, SoftMode mode)
    {
        _elements = elements;
        _positions = positions;
        _softness = softness;
        _power = mode switch
        {
            SoftMode.C0 => 1,
            SoftMode.C1 => 2,
            SoftMode.C2 => 3,
            _ => 0,
        };
        long n = elements, m = positions;
        _memory = Scratch.Rent<double>(((_power == 0 ? 1 : 2) * m * n) + (m * m) + (6 * n) + (9 * m));
        var free = _memory.Span;
        _weights = Take(ref free, positions * elements);
        _slopes = _power == 0 ? _weights : Take(ref free, positions * elements);
        _matrix = Take(ref free, positions * positions);
        _x = Take(ref free, elements);
        _top = Take(ref free, elements);
        _level = Take(ref free, elements);
        _slopeSums = Take(ref free, elements);
        _elementScratch = Take(ref free, elements);
        _elementScratch2 = Take(ref free, elements);
        _masses = Take(ref free, positions);
        _scales = Take(ref free, positions);
        _offsets = Take(ref free, positions);
        _gaps = Take(ref free, positions);
        _step = Take(ref free, positions);
        _trialOffsets = Take(ref free, positions);
        _trialGaps = Take(ref free, positions);
        _exchanged = Take(ref free, positions);
        _ground = Take(ref free, positions);
        _indices = Scratch.Rent<int>(elements + positions);
        _home = _indices.Span[..elements];
        _counts = _indices.Span[elements..];
    }

    /// <summary>
    /// The optimum, for finite <paramref name="x"/>. <paramref name="counts"/> are the masses; an empty position counts as having 1e-12 of
    /// all.
    /// </summary>
    public static TransportPlan Of(ReadOnlySpan<double> x, ReadOnlySpan<int> counts, double softness, SoftMode mode)
    {
        var plan = new TransportPlan(x.Length, counts.Length, softness, mode);
        plan.Initialize(x, counts);
        plan.Solve();
        return plan;
    }

    /// <summary>The share of each element that a position receives: a row of G.</summary>
    public readonly ReadOnlySpan<double> Weights(int position) => Row(_weights, position);

    /// <summary>ln G of a row, which in the smooth mode has all its digits even where G is 0.</summary>
    public readonly void LogWeights(int position, Span<double> log)
    {
        if (_power != 0)
        {
            Lanewise.Map(Weights(position), log, default(Log<double>));
            return;
        }

        Lanewise.Map(_x, _top, log, new AffineDifference(_scales[position], _offsets[position]));
        Lanewise.Map(log, _level, log, new Mixture<double>(1, -1));
    }

    public void Dispose()
    {
        _memory.Dispose();
        _indices.Dispose();
    }

    private static Span<double> Take(scoped ref Span<double> free, int length)
    {
        var taken = free[..length];
        free = free[length..];
        return taken;
    }

    private readonly Span<double> Row(Span<double> matrix, int position) => matrix.Slice(position * _elements, _elements);

    private readonly void Initialize(ReadOnlySpan<double> x, ReadOnlySpan<int> counts)
    {
        // n Γ = n max(S / s, 0)ᵖ: the factor n goes into the scale of S.
        var scale = 2 / _softness * (_power == 0 ? 1 : Math.Pow(_elements, 1.0 / _power));
        for (var j = 0; j < _positions; j++) _scales[j] = _positions == 1 ? 0 : scale * (((double)j / (_positions - 1)) - 0.5);

        using var order = Scratch.Rent<int>(_elements);
        var sorted = _elementScratch;
        SortedOrder.Sort(x, sorted, order.Span);
        var center = (sorted[0] / 2) + (sorted[^1] / 2);
        for (var i = 0; i < _elements; i++) (_x[i], sorted[i]) = (x[i] - center, sorted[i] - center);

        counts.CopyTo(_counts);
        for (var (i, j) = (0, 0); j < _positions; j++)
        {
            for (var end = i + counts[j]; i < end; i++) _home[order.Span[i]] = j;
        }

        StartBetween(sorted);
    }

    /// <summary>
    /// Offsets for which neighbouring positions meet in the middle between the elements that they separate. For a vanishing softness these
    /// are exact, because what the neighbours exchange is then mainly between those two elements, and for a large one close enough for a
    /// few Newton steps. Empty positions are left out.
    /// </summary>
    private readonly void StartBetween(ReadOnlySpan<double> sorted)
    {
        var (below, previous) = (0, -1);
        for (var j = 0; j < _positions; j++)
        {
            _masses[j] = _counts[j];
            _offsets[j] = _counts[j] == 0 ? double.NegativeInfinity
                : previous < 0 ? 0
                : _offsets[previous] - ((_scales[j] - _scales[previous]) * ((sorted[below - 1] / 2) + (sorted[below] / 2)));
            below += _counts[j];
            if (_counts[j] > 0) previous = j;
        }
    }
}
