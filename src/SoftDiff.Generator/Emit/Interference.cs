namespace SoftDiff.Generator.Emit;

/// <summary>
/// Finds the values that may not share a variable, because one is assigned while the other is live. A backward walk over the statements
/// that folding leaves keeps the set of live values. A carried value and the loop's result are one value here.
/// </summary>
internal sealed class Interference
{
    private readonly Tree _tree;
    private readonly ExpressionFolding _folding;
    private readonly Dictionary<Value, Value> _results = new();
    private readonly Dictionary<Value, int> _candidates = new();
    private readonly ValueSet[] _conflicts;
    private readonly Dictionary<Node, ValueSet> _goingOn = new();

    /// <param name="candidates">The values asked about; only these are followed.</param>
    public Interference(Tree tree, ExpressionFolding folding, IEnumerable<Value> candidates)
    {
        _tree = tree;
        _folding = folding;
        foreach (var loop in tree.Nodes.Select(n => n.Op).OfType<Loop>())
        {
            foreach (var carried in loop.Carried) _results[carried.Result] = carried.Param;
        }

        foreach (var candidate in candidates.Select(Canonical))
        {
            if (!_candidates.ContainsKey(candidate)) _candidates.Add(candidate, _candidates.Count);
        }

        _conflicts = new ValueSet[_candidates.Count];
        for (var i = 0; i < _conflicts.Length; i++) _conflicts[i] = None();
        Walk(tree.Root, None());
    }

    public Value Canonical(Value value) => _results.TryGetValue(value, out var param) ? param : value;

    /// <summary>The set of one value; empty if the value is not followed.</summary>
    public ValueSet Only(Value value)
    {
        var set = None();
        Include(set, value);
        return set;
    }

    /// <summary>
    /// Values that may not share a variable with the value. Of two values that may not, one has the other in its set, and not always both.
    /// </summary>
    public ValueSet ConflictsOf(Value value) => _candidates.TryGetValue(value, out var index) ? _conflicts[index] : None();

    private ValueSet None() => new(_candidates.Count);

    private void Include(ValueSet set, Value value)
    {
        if (_candidates.TryGetValue(value, out var index)) set.Add(index);
    }

    private ValueSet Walk(Region region, ValueSet after)
    {
        var live = None();
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

    private ValueSet Step(Node node, ValueSet live)
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

        Define(live, node.Op.Results);
        if (node.Op is Call or Invoke or Evaluate { Outs.IsEmpty: false })
        {
            // By-reference results are written while the arguments are still being read.
            var arguments = None();
            foreach (var leaf in _folding.Leaves(node)) Include(arguments, Canonical(leaf));
            Conflict(node.Op.Results, arguments);
        }

        foreach (var leaf in _folding.Leaves(node)) Include(live, Canonical(leaf));
        return live;
    }

    private ValueSet StepLoop(Node node, Loop loop, ValueSet after)
    {
        var parameters = loop.Carried.Select(c => c.Param).ToList();
        var goingOn = None();
        goingOn.UnionWith(after);
        goingOn.UnionWith(ReadInside(node));
        foreach (var parameter in parameters) Include(goingOn, parameter);
        if (loop.Trips is not null) Include(goingOn, loop.Trips);
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

        if (loop.Trips is not null) Define(head, ImmutableArray.Create(loop.Trips));
        Copy(head, parameters, loop.Carried.Select(c => c.Init).ToList());
        return head;
    }

    /// <summary>Values from outside that the loop reads.</summary>
    private ValueSet ReadInside(Node loop)
    {
        var (reads, defined) = (None(), None());
        void Without(IEnumerable<Value> values)
        {
            foreach (var value in values) Include(defined, value);
        }

        void Visit(Region region)
        {
            foreach (var inner in region.Nodes)
            {
                Without(inner.Op.Results);
                Without(inner.Op.BlockParameters());
                foreach (var operand in inner.Op.Reads()) Read(reads, operand);
                foreach (var block in inner.Inner) Visit(block);
            }

            foreach (var operand in region.Ending.Finals) Read(reads, operand);
            if (region.Ending.Exit is { } exit) Read(reads, exit);
        }

        Without(loop.Op.BlockParameters());
        foreach (var block in loop.Inner) Visit(block);
        if (loop.Op is For @for) Read(reads, @for.End);
        reads.ExceptWith(defined);
        return reads;
    }

    private void Read(ValueSet live, Operand operand)
    {
        foreach (var leaf in _folding.Leaves(operand)) Include(live, Canonical(leaf));
    }

    private void Define(ValueSet live, ImmutableArray<Value> results)
    {
        Conflict(results, live);
        foreach (var result in results)
        {
            if (!_candidates.TryGetValue(result, out var index)) continue;
            live.Remove(index);
            foreach (var other in results)
            {
                if (!other.Equals(result) && _candidates.TryGetValue(other, out var second)) _conflicts[index].Add(second);
            }
        }
    }

    private void Conflict(ImmutableArray<Value> values, ValueSet others)
    {
        foreach (var value in values)
        {
            if (_candidates.TryGetValue(value, out var index)) _conflicts[index].UnionWithBut(others, index);
        }
    }

    /// <summary>All destinations take their sources at once. A destination may share its source's variable even if the source lives on.</summary>
    private void Copy(ValueSet live, IReadOnlyList<Value> destinations, IReadOnlyList<Operand> sources)
    {
        var taken = None();
        foreach (var destination in destinations) Include(taken, destination);
        for (var i = 0; i < destinations.Count; i++)
        {
            if (!_candidates.TryGetValue(destinations[i], out var index)) continue;
            var conflicts = _conflicts[index];
            var source = sources[i] is Value value && !_folding.IsFolded(value) && _candidates.TryGetValue(Canonical(value), out var from) ? from : -1;
            var before = source >= 0 && conflicts.Contains(source);
            conflicts.UnionWithBut(live, index);
            if (source >= 0 && !before) conflicts.Remove(source);
            conflicts.UnionWithBut(taken, index);
        }

        live.ExceptWith(taken);
        foreach (var source in sources) Read(live, source);
    }
}
