namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>Nodes whose coefficients one loop computes in turn.</summary>
/// <param name="Nodes">In the order in which one iteration computes them.</param>
/// <param name="IsFull">Whether it goes to the last coefficient; otherwise to the one before, as slopes have no more.</param>
internal sealed record SeriesBatch(ImmutableArray<SeriesNode> Nodes, bool IsFull);

/// <summary>
/// Which nodes of a graph are computed in which loop. An integral may be in the loop of its derivative, even if that reads the integral,
/// because its next coefficient comes from the derivative's last one. A slope reads the next coefficient of its operand, which a loop
/// before it must have computed.
/// </summary>
internal sealed class SeriesSchedule
{
    private readonly SeriesGraph _graph;
    private readonly List<SeriesNode> _order = new();
    private readonly Dictionary<SeriesNode, ImmutableHashSet<SeriesNode>> _reached = new();
    private readonly Dictionary<SeriesNode, int> _batchOf = new();

    private SeriesSchedule(SeriesGraph graph)
    {
        _graph = graph;
        Collect(graph.Root);
        Batches = Schedule().ToImmutableArray();
    }

    public ImmutableArray<SeriesBatch> Batches { get; }

    public static SeriesSchedule Of(SeriesGraph graph) => new(graph);

    /// <summary>Whether others read coefficients of the node besides the one that an iteration has just computed.</summary>
    public bool NeedsArray(SeriesNode node) =>
        node.Kind is SeriesKind.Integral or SeriesKind.Quotient or SeriesKind.Power
        || _order.Any(reader => Reads(reader).Contains(node) && (_batchOf[reader] != _batchOf[node]
            || reader.Kind is SeriesKind.Product or SeriesKind.Quotient or SeriesKind.Power or SeriesKind.Slope));

    /// <summary>The varying nodes, leaves left out, that a node reads.</summary>
    private IEnumerable<SeriesNode> Reads(SeriesNode node) => (node.Kind switch
    {
        SeriesKind.Integral => new[] { _graph.Slope(node) },
        SeriesKind.Expanded => new[] { _graph.Expansion(node) },
        _ => node.Args.AsEnumerable(),
    }).Where(n => n.Varies && n.Kind != SeriesKind.Leaf);

    private void Collect(SeriesNode node)
    {
        if (node.Kind == SeriesKind.Leaf || _reached.ContainsKey(node)) return;
        _reached[node] = ImmutableHashSet<SeriesNode>.Empty;
        foreach (var read in Reads(node)) Collect(read);
        _order.Add(node);
    }

    private IEnumerable<SeriesBatch> Schedule()
    {
        Close();
        InOrder();
        var done = new HashSet<SeriesNode>();
        for (var number = 0; done.Count < _order.Count; number++)
        {
            var left = _order.Where(n => !done.Contains(n)).ToList();
            bool IsDirect(SeriesNode n) => IsFull(n) && n.Kind != SeriesKind.Integral && !_reached[n].Contains(n);
            var full = Largest(left.Where(IsDirect), done);
            var batch = full.Count > 0 ? full : Largest(left.Where(n => !IsDirect(n)), done);
            if (batch.Count == 0) throw new InvalidOperationException("The series of " + _graph.Root.Code + " cannot be computed in turn.");
            foreach (var node in batch) _batchOf[node] = number;
            done.UnionWith(batch);
            yield return new SeriesBatch(_order.Where(batch.Contains).ToImmutableArray(), full.Count > 0);
        }
    }

    /// <summary>The largest set of the candidates that reads only what is done or in the set itself.</summary>
    private HashSet<SeriesNode> Largest(IEnumerable<SeriesNode> candidates, HashSet<SeriesNode> done)
    {
        var set = new HashSet<SeriesNode>(candidates);
        while (set.RemoveWhere(n => Reads(n).Any(r => !done.Contains(r) && (!set.Contains(r) || n.Kind == SeriesKind.Slope))) > 0)
        {
        }

        return set;
    }

    /// <summary>Whether the node has all coefficients: those that read a slope lack the last.</summary>
    private bool IsFull(SeriesNode node) =>
        node.Kind != SeriesKind.Slope && (node.Kind == SeriesKind.Integral || Reads(node).All(IsFull));

    /// <summary>What each node reads, directly or not.</summary>
    private void Close()
    {
        bool changed;
        do
        {
            changed = false;
            foreach (var node in _order)
            {
                var reached = Reads(node).Aggregate(_reached[node], (all, read) => all.Add(read).Union(_reached[read]));
                changed |= reached.Count > _reached[node].Count;
                _reached[node] = reached;
            }
        }
        while (changed);
    }

    /// <summary>
    /// Sorts the nodes so that each comes after those of which it reads the same coefficient; integrals, which read the one before, come
    /// last.
    /// </summary>
    private void InOrder()
    {
        var sorted = new List<SeriesNode>();
        var known = new HashSet<SeriesNode>(_order.Where(n => n.Kind == SeriesKind.Integral));
        foreach (var node in _order) Visit(node);
        sorted.AddRange(_order.Where(n => n.Kind == SeriesKind.Integral));
        _order.Clear();
        _order.AddRange(sorted);

        void Visit(SeriesNode node)
        {
            if (!known.Add(node)) return;
            foreach (var read in Reads(node)) Visit(read);
            sorted.Add(node);
        }
    }
}
