using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Emit;

/// <summary>
/// Which values may not share a variable: one is given its value while the other is still to be read. Found by walking backwards with
/// the set of values still to be read, over the text that folding leaves. A carried value and the loop's result are one value here.
/// </summary>
internal sealed class Interference
{
    private readonly Tree _tree;
    private readonly Folding _folding;
    private readonly Dictionary<Value, Value> _results = new();
    private readonly HashSet<Value> _candidates;
    private readonly HashSet<(int, int)> _pairs = new();
    private readonly Dictionary<Node, HashSet<Value>> _goingOn = new();

    /// <param name="candidates">The values asked about; only these are followed.</param>
    public Interference(Tree tree, Folding folding, IEnumerable<Value> candidates)
    {
        _tree = tree;
        _folding = folding;
        foreach (var loop in tree.Nodes.Select(n => n.Op).OfType<Loop>())
        {
            foreach (var carried in loop.Carried) _results[carried.Result] = carried.Param;
        }

        _candidates = new HashSet<Value>(candidates.Select(Canonical));
        Walk(tree.Root, new HashSet<Value>());
    }

    public Value Canonical(Value value) => _results.TryGetValue(value, out var param) ? param : value;

    public bool Between(Value a, Value b) => _pairs.Contains(Pair(a, b));

    private HashSet<Value> Walk(Region region, HashSet<Value> after)
    {
        var live = new HashSet<Value>();
        var ending = region.Ending;
        switch (ending.Kind)
        {
            case EndingKind.Function:
            {
                // The return value is read before or after the assignments, whichever is right.
                var returns = _tree.Function.Returns is null ? 0 : 1;
                if (returns > 0) Read(live, ending.Finals[0]);
                Copy(live, _tree.Outputs.Select(p => p.Value).ToList(), ending.Finals.Skip(returns).ToList());
                if (returns > 0) Read(live, ending.Finals[0]);
                break;
            }
            case EndingKind.Loop:
            {
                var carried = ((Loop)ending.Loop!.Op).Carried.Select(c => c.Param).ToList();
                live.UnionWith(_goingOn[ending.Loop]);
                if (ending.Exit is not null) Read(live, ending.Exit);
                Copy(live, carried, ending.Finals);
                if (ending.Exit is not null) Read(live, ending.Exit);
                break;
            }
            case EndingKind.Branch:
                live.UnionWith(after);
                Copy(live, ((If)region.Owner!.Op).Values, ending.Finals);
                break;
            case EndingKind.Condition:
                live.UnionWith(after);
                Read(live, ending.Finals[0]);
                break;
        }

        for (var i = region.Nodes.Count - 1; i >= 0; i--) live = Step(region.Nodes[i], live);
        return live;
    }

    private HashSet<Value> Step(Node node, HashSet<Value> live)
    {
        if (_folding.IsDead(node) || (node.Op.Results.Length == 1 && _folding.IsFolded(node.Op.Results[0]))) return live;
        switch (node.Op)
        {
            case If @if when !_folding.IsExpression(node):
            {
                var before = Walk(node.Inner[0], live);
                before.UnionWith(Walk(node.Inner[1], live));
                Read(before, @if.Condition);
                return before;
            }
            case Loop loop:
                return StepLoop(node, loop, live);
        }

        var results = node.Op.Results.Where(_candidates.Contains).ToList();
        Define(live, results);
        var leaves = new HashSet<Value>(_folding.Leaves(node).Select(Canonical));
        foreach (var result in results)
        {
            // By-reference results are written while the arguments are still being read.
            if (node.Op is Call or Invoke)
            {
                foreach (var leaf in leaves) Add(result, leaf);
            }
        }

        live.UnionWith(leaves.Where(_candidates.Contains));
        return live;
    }

    private HashSet<Value> StepLoop(Node node, Loop loop, HashSet<Value> after)
    {
        var parameters = loop.Carried.Select(c => c.Param).ToList();
        var goingOn = new HashSet<Value>(after);
        goingOn.UnionWith(ReadInside(node));
        goingOn.UnionWith(parameters.Where(_candidates.Contains));
        if (loop.Trips is not null && _candidates.Contains(loop.Trips)) goingOn.Add(loop.Trips);
        _goingOn[node] = goingOn;

        var head = Walk(node.Inner.Last(), after);
        head.UnionWith(goingOn);
        if (loop is While) head.UnionWith(Walk(node.Inner[0], head));

        // The bounds are read after the variables have got their first values.
        if (loop is For @for)
        {
            Read(head, @for.Start);
            Read(head, @for.End);
        }

        if (loop.Trips is not null) Define(head, new List<Value> { loop.Trips });
        Copy(head, parameters, loop.Carried.Select(c => c.Init).ToList());
        return head;
    }

    /// <summary>Values from outside that the loop reads.</summary>
    private IEnumerable<Value> ReadInside(Node loop)
    {
        var reads = new HashSet<Value>();
        var defined = new HashSet<Value>(loop.Op.BlockParameters());
        void Visit(Region region)
        {
            foreach (var inner in region.Nodes)
            {
                defined.UnionWith(inner.Op.Results);
                defined.UnionWith(inner.Op.BlockParameters());
                foreach (var operand in inner.Op.Reads()) Read(reads, operand);
                foreach (var block in inner.Inner) Visit(block);
            }

            foreach (var operand in region.Ending.Finals) Read(reads, operand);
            if (region.Ending.Exit is { } exit) Read(reads, exit);
        }

        foreach (var block in loop.Inner) Visit(block);
        if (loop.Op is For @for) Read(reads, @for.End);
        reads.ExceptWith(defined);
        return reads;
    }

    private void Read(HashSet<Value> live, Operand operand)
    {
        foreach (var leaf in _folding.Leaves(operand))
        {
            var value = Canonical(leaf);
            if (_candidates.Contains(value)) live.Add(value);
        }
    }

    private void Define(HashSet<Value> live, List<Value> results)
    {
        foreach (var result in results)
        {
            foreach (var other in live) Add(result, other);
            foreach (var other in results) Add(result, other);
        }

        live.ExceptWith(results);
    }

    /// <summary>All destinations take their sources at once. A destination may share its source's variable even if the source lives on.</summary>
    private void Copy(HashSet<Value> live, IReadOnlyList<Value> destinations, IReadOnlyList<Operand> sources)
    {
        for (var i = 0; i < destinations.Count; i++)
        {
            var source = sources[i] is Value value && !_folding.IsFolded(value) ? Canonical(value) : null;
            foreach (var other in live)
            {
                if (!other.Equals(source)) Add(destinations[i], other);
            }

            foreach (var other in destinations) Add(destinations[i], other);
        }

        foreach (var destination in destinations) live.Remove(destination);
        foreach (var source in sources) Read(live, source);
    }

    private void Add(Value a, Value b)
    {
        if (!a.Equals(b) && _candidates.Contains(a) && _candidates.Contains(b)) _pairs.Add(Pair(a, b));
    }

    private static (int, int) Pair(Value a, Value b) => a.Id < b.Id ? (a.Id, b.Id) : (b.Id, a.Id);
}
