namespace SoftDiff;

/// <summary>
/// The rows of NeuralSort: the logits are -(c aⱼ + Aⱼ) for the elements a in units of the softness, the sums A of their soft distances, and
/// c = n - 1 - 2r for the position r. Elements are sorted, so that blocks of neighbours can be told to have no weight by one comparison.
/// </summary>
internal ref struct NeuralLogits : IRowLogits
{
    private const int Block = 16, Group = 8;

    private readonly ReadOnlySpan<double> _keys, _sums;

    // The vertices of the lower convex hull of the points (a, A): for every c, the largest logit is at one of them.
    private readonly ReadOnlySpan<int> _hull;
    private readonly ReadOnlySpan<double> _leastOfBlocks, _leastOfGroups;
    private readonly Span<double> _row;
    private readonly double _reach;
    private int _vertex;

    /// <summary>Prepares the rows.</summary>
    /// <param name="keys">The sorted elements.</param>
    /// <param name="sums">The sums of soft distances.</param>
    /// <param name="reach">How far below the largest logit there is weight.</param>
    /// <param name="hull">Memory as long as the elements.</param>
    /// <param name="leastOfBlocks">Memory as long as the elements and one more.</param>
    /// <param name="row">Memory as long as the elements.</param>
    public NeuralLogits(
        ReadOnlySpan<double> keys, ReadOnlySpan<double> sums, double reach, Span<int> hull, Span<double> leastOfBlocks, Span<double> row)
    {
        _row = row;
        _keys = keys;
        _sums = sums;
        _reach = reach;
        _hull = hull[..LowerHull(keys, sums, hull)];
        _leastOfBlocks = Least(sums, Block, leastOfBlocks);
        _leastOfGroups = Least(_leastOfBlocks, Group, leastOfBlocks[_leastOfBlocks.Length..]);
    }

    /// <summary>Tangents of the elements for constant softness.</summary>
    public ReadOnlySpan<double> KeyTangents { get; init; }

    /// <summary>Tangents of the sums: for constant softness, less the relative tangent of the softness times the excess of the sums.</summary>
    public ReadOnlySpan<double> SumTangents { get; init; }

    /// <inheritdoc cref="DistanceLogits.RelativeSoftnessTangent"/>
    public double RelativeSoftnessTangent { get; init; }

    /// <summary>Cotangents of the elements, but for what follows from those of the sums.</summary>
    public Span<double> KeyCotangents { get; init; }

    /// <summary>Cotangents of the sums.</summary>
    public Span<double> SumCotangents { get; init; }

    /// <summary>The cotangent of the softness times the softness, but for what follows from the cotangents of the sums.</summary>
    public double SoftnessCotangent { get; private set; }

    public readonly int Length => _keys.Length;

    public Window Logits(int position, bool all, Span<double> row, out double radius, out int largest)
    {
        radius = 1;
        var c = Coefficient(position);
        largest = Largest(c);
        var window = all ? new Window(0, Length) : Near(c, largest);
        Write(position, window, row);
        return window;
    }

    public readonly void Solved(int position, double radius)
    {
    }

    public readonly void Tangents(int position, Window window, Span<double> tLogits)
    {
        var centre = _hull[_vertex];
        Lanewise.Map(
            window.Of(KeyTangents), window.Of(SumTangents), tLogits,
            new DifferenceFrom<double>(KeyTangents[centre], Coefficient(position), SumTangents[centre]));
        if (RelativeSoftnessTangent == 0) return;
        Lanewise.Map(tLogits, Write(position, window, _row), tLogits, new PlusScaled<double>(-RelativeSoftnessTangent));
    }

    public void Pullback(int position, Window window, ReadOnlySpan<double> cLogits)
    {
        var keys = window.Of(KeyCotangents);
        var sums = window.Of(SumCotangents);
        var spans = new FusedSpans<double> { A = keys, B = sums, C = cLogits, D = Write(position, window, _row), First = keys, Second = sums };
        SoftnessCotangent -= FusedPass.Run(spans, new NeuralPullback(Coefficient(position))).Sum1;
    }

    private readonly ReadOnlySpan<double> Write(int position, Window window, Span<double> row)
    {
        var centre = _hull[_vertex];
        var logits = row[..window.Length];
        Lanewise.Map(window.Of(_keys), window.Of(_sums), logits, new DifferenceFrom<double>(_keys[centre], Coefficient(position), _sums[centre]));
        return logits;
    }

    private readonly double Coefficient(int position) => Length - 1 - (2 * position);

    // Along the hull c a + A falls and then rises, and its least vertex is near that of the last row. Differences, since in large numbers theirs are lost.
    private int Largest(double c)
    {
        while (_vertex + 1 < _hull.Length && Above(_hull[_vertex + 1], c, _hull[_vertex]) < 0) _vertex++;
        while (_vertex > 0 && Above(_hull[_vertex - 1], c, _hull[_vertex]) < 0) _vertex--;
        return _hull[_vertex];
    }

    // How much more c a + A is at an element than at the centre.
    private readonly double Above(int element, double c, int centre) =>
        Above(_keys[element], _sums[element], c, centre);

    private readonly double Above(double key, double sum, double c, int centre) =>
        (c * (key - _keys[centre])) + (sum - _sums[centre]);

    // From the first to the last block in which c a + A may be less than the reach above that of the centre. Groups of blocks are passed over as a
    // whole where they can be.
    private readonly Window Near(double c, int centre)
    {
        var (first, last) = (0, _leastOfBlocks.Length - 1);
        while (first < last)
        {
            if (first % Group == 0 && first + Group <= last && !MayBeNear(first / Group, Group * Block, _leastOfGroups, c, centre)) first += Group;
            else if (!MayBeNear(first, Block, _leastOfBlocks, c, centre)) first++;
            else break;
        }

        while (last > first)
        {
            if (last % Group == Group - 1 && last - Group >= first && !MayBeNear(last / Group, Group * Block, _leastOfGroups, c, centre)) last -= Group;
            else if (!MayBeNear(last, Block, _leastOfBlocks, c, centre)) last--;
            else break;
        }

        return new Window(first * Block, Math.Min((last + 1) * Block, Length) - (first * Block));
    }

    private readonly bool MayBeNear(int part, int size, ReadOnlySpan<double> leastOfParts, double c, int centre)
    {
        var extreme = _keys[c > 0 ? part * size : Math.Min((part + 1) * size, Length) - 1];
        return Above(extreme, leastOfParts[part], c, centre) < _reach;
    }

    // The least of each so many numbers.
    private static ReadOnlySpan<double> Least(ReadOnlySpan<double> numbers, int size, Span<double> least)
    {
        var count = 0;
        for (var rest = numbers; !rest.IsEmpty; rest = rest[Math.Min(size, rest.Length)..])
        {
            var minimum = double.PositiveInfinity;
            foreach (var number in rest[..Math.Min(size, rest.Length)]) minimum = Math.Min(minimum, number);
            least[count++] = minimum;
        }

        return least[..count];
    }

    private static int LowerHull(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<int> hull)
    {
        var count = 0;
        for (var j = 0; j < x.Length; j++)
        {
            while (count > 1 && !IsConvex(hull[count - 2], hull[count - 1], j, x, y)) count--;
            hull[count++] = j;
        }

        return count;
    }

    private static bool IsConvex(int a, int b, int c, ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        (y[c] - y[b]) / (x[c] - x[b]) > (y[b] - y[a]) / (x[b] - x[a]);
}

/// <summary>From the cotangents of elements and sums, those g of logits -(c a + A), and the logits: the cotangents with these, and Σ g · logit.</summary>
/// <param name="coefficient">c.</param>
internal readonly struct NeuralPullback(double coefficient) : IFusedStep<double>
{
    public static int Inputs => 4;

    public static int Outputs => 2;

    public static int Sums => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        second = TLanes.Subtract(b, c);
        terms = default;
        terms.Term1 = TLanes.Multiply(c, d);
        return TLanes.MultiplyAdd(TLanes.Broadcast(-coefficient), c, a);
    }
}
