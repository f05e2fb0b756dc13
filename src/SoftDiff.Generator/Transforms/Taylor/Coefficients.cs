namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// Writes the coefficients of the nodes of a graph as single values, each when it is first asked for. A coefficient that is identically
/// zero is null, so that no operation is spent on it.
/// </summary>
internal sealed class Coefficients
{
    private readonly SeriesGraph _graph;
    private readonly BlockBuilder _into;
    private readonly Func<SeriesNode, int, Operand?> _given;
    private readonly Dictionary<(Operand Coefficient, int Order), Operand> _multiples;
    private readonly Dictionary<(SeriesNode Node, int Order), Operand?> _known = new();

    /// <param name="graph">The graph.</param>
    /// <param name="result">The value of the graph's root.</param>
    /// <param name="given">The values of the operands, and the coefficients of those that vary.</param>
    /// <param name="multiples">The products k·y[k] that are known, by y[k] and k; those of integrals are added.</param>
    /// <param name="into">Takes the operations.</param>
    public Coefficients(
        SeriesGraph graph, Operand result, Func<SeriesNode, int, Operand?> given,
        Dictionary<(Operand Coefficient, int Order), Operand> multiples, BlockBuilder into)
    {
        _graph = graph;
        _given = given;
        _multiples = multiples;
        _into = into;
        _known[(graph.Root, 0)] = result;
    }

    /// <summary>The coefficients 1 … <paramref name="order"/> of the root.</summary>
    public ImmutableArray<Operand?> OfRoot(int order) => Enumerable.Range(1, order).Select(k => this[_graph.Root, k]).ToImmutableArray();

    private Operand? this[SeriesNode node, int k]
    {
        get
        {
            if (_known.TryGetValue((node, k), out var known)) return known;
            var coefficient = k == 0 ? First(node) : Next(node, k);
            _known[(node, k)] = coefficient;
            return coefficient;
        }
    }

    private Operand Value(SeriesNode node) => this[node, 0] ?? new NumberConstant(node.Scalar, 0);

    private Operand? First(SeriesNode node) => node.Kind switch
    {
        SeriesKind.Leaf => _given(node, 0),
        SeriesKind.Slope => Next(node, 0),
        _ when node.Code == Opcode.Multiply => Series(node).Product(this[node.Args[0], 0], this[node.Args[1], 0]),
        _ when node.Code == Opcode.Divide && this[node.Args[0], 0] is null => null,
        _ => _into.Compute(node.Type, node.Code!.Value, node.Args.Select(Value).ToArray()),
    };

    private Operand? Next(SeriesNode node, int k) => node.Kind switch
    {
        SeriesKind.Leaf => node.Varies ? _given(node, k) : null,
        SeriesKind.Fixed => null,
        SeriesKind.Linear => Linear(node, k),
        SeriesKind.Product => Product(node, k),
        SeriesKind.Quotient => Quotient(node, k),
        SeriesKind.Power => Power(node, k),
        SeriesKind.Integral => Integral(node, k),
        SeriesKind.Expanded => this[_graph.Expansion(node), k],
        SeriesKind.Slope => this[node.Args[0], k + 1] is { } next && _multiples.TryGetValue((next, k + 1), out var multiple)
            ? multiple
            : Series(node).Scaled(this[node.Args[0], k + 1], k + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private Operand? Integral(SeriesNode node, int k)
    {
        var slope = this[_graph.Slope(node), k - 1];
        var coefficient = Series(node).Scaled(slope, 1, k);
        if (coefficient is not null) _multiples[(coefficient, k)] = slope!;
        return coefficient;
    }

    private Operand? Linear(SeriesNode node, int k)
    {
        Operand? sum = null;
        for (var i = 0; i < node.Args.Length; i++)
        {
            if (!node.Args[i].Varies || this[node.Args[i], k] is not { } coefficient) continue;
            sum = Series(node).Sum(sum, SeriesGraph.Push(node, i, coefficient, Value, _into));
        }

        return sum;
    }

    private Operand? Product(SeriesNode node, int k)
    {
        var (a, b) = (node.Args[0], node.Args[1]);
        var series = Series(node);
        Operand? sum = null;
        if (a != b)
        {
            for (var j = 0; j <= k; j++) sum = series.Sum(sum, series.Product(this[a, j], this[b, k - j]));
            return sum;
        }

        // A square has every product but the middle one twice.
        for (var j = 0; 2 * j < k; j++) sum = series.Sum(sum, series.Product(this[a, j], this[a, k - j]));
        sum = series.Scaled(sum, 2);
        return k % 2 == 0 ? series.Sum(sum, series.Product(this[a, k / 2], this[a, k / 2])) : sum;
    }

    private Operand? Quotient(SeriesNode node, int k)
    {
        var (a, b) = (node.Args[0], node.Args[1]);
        var series = Series(node);
        var rest = this[a, k];
        for (var j = 1; j <= k; j++) rest = series.Difference(rest, series.Product(this[b, j], this[node, k - j]));
        return rest is null ? null : _into.Compute(node.Type, Opcode.Divide, rest, Value(b));
    }

    private Operand? Power(SeriesNode node, int k)
    {
        var (x, p) = (node.Args[0], Value(node.Args[1]));
        var series = Series(node);
        Operand? sum = null;
        for (var j = 1; j <= k; j++)
        {
            if (this[x, j] is not { } coefficient) continue;
            var factor = series.Difference(series.Product(series.Number(j), p), k == j ? null : series.Number(k - j));
            sum = series.Sum(sum, series.Product(series.Product(factor, coefficient), this[node, k - j]));
        }

        return sum is null ? null : _into.Compute(node.Type, Opcode.Divide, sum, series.Product(series.Number(k), Value(x))!);
    }

    private Terms Series(SeriesNode node) => new(node.Scalar, _into);
}
