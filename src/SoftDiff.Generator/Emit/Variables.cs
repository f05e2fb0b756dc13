namespace SoftDiff.Generator.Emit;

/// <summary>
/// Assigns a variable to each value that is not folded. A loop's carried value shares one variable with its initial value and its next
/// value wherever <see cref="Interference"/> allows; an if's result shares one with the values of its branches. No copies are then needed.
/// </summary>
internal sealed class Variables
{
    private readonly Tree _tree;
    private readonly ExpressionFolding _folding;
    private readonly Uses _uses;
    private readonly Interference _interference;
    private readonly Dictionary<Value, Variable> _variables = new();
    private readonly Dictionary<Node, List<Variable>> _declared = new();

    public Variables(Tree tree, Uses uses, ExpressionFolding folding, ImmutableArray<CallSite> calls)
    {
        _tree = tree;
        _uses = uses;
        _folding = folding;
        var links = Links(calls).Concat(Successions()).ToList();
        _interference = new Interference(tree, folding, links.SelectMany(l => new[] { l.Destination, l.Source }));
        foreach (var parameter in tree.Function.Parameters) Of(parameter.Value).Parameter = parameter;
        foreach (var (destination, source) in links) Merge(Of(destination), Of(source));
        Place(new HashSet<Value>(calls.SelectMany(c => c.References).Select(r => r.Result)));
    }

    private IEnumerable<Variable> All => _variables.Values.Distinct();

    public Variable this[Value value] => _variables[_interference.Canonical(value)];

    public Variable? Find(Value value) => _variables.TryGetValue(_interference.Canonical(value), out var variable) ? variable : null;

    /// <summary>The variables whose declaration belongs to the operation.</summary>
    public IReadOnlyList<Variable> DeclaredAt(Node node) =>
        _declared.TryGetValue(node, out var variables) ? variables : (IReadOnlyList<Variable>)Array.Empty<Variable>();

    private Variable Of(Value value)
    {
        value = _interference.Canonical(value);
        if (_variables.TryGetValue(value, out var variable)) return variable;
        _variables.Add(value, variable = new Variable(value, _interference.Only(value), _interference.ConflictsOf(value)));
        return variable;
    }

    /// <summary>
    /// Pairs of values that should share a variable, because the second is copied to the first. The most useful pairs come first.
    /// </summary>
    private IEnumerable<(Value Destination, Value Source)> Links(ImmutableArray<CallSite> calls)
    {
        foreach (var region in Regions(_tree.Root))
        {
            var ending = region.Ending;
            var destinations = ending.Kind switch
            {
                EndingKind.Loop => ((Loop)ending.Loop!.Op).Carried.Select(c => c.Param).ToList(),
                EndingKind.Branch when !_folding.IsExpression(region.Owner!) => ((If)region.Owner!.Op).Values.ToList(),
                _ => new List<Value>(),
            };
            foreach (var link in Pairs(destinations, ending.Finals)) yield return link;
        }

        foreach (var node in _tree.Nodes)
        {
            if (node.Op is not Loop loop) continue;
            foreach (var link in Pairs(loop.Carried.Select(c => c.Param).ToList(), loop.Carried.Select(c => c.Init).ToList())) yield return link;
        }

        foreach (var call in calls)
        {
            foreach (var link in Pairs(call.References.Select(r => r.Result).ToList(), call.References.Select(r => r.Argument).ToList())) yield return link;
        }

        var returns = _tree.Function.Returns is null ? 0 : 1;
        var outputs = _tree.Outputs.Select(p => p.Value).ToList();
        foreach (var region in Regions(_tree.Root).Where(r => r.Ending.Kind == EndingKind.Function))
        {
            foreach (var link in Pairs(outputs, region.Ending.Finals.Skip(returns).ToList())) yield return link;
        }
    }

    /// <summary>
    /// The user's <c>t = …; t = t * 2;</c>: values of one name in one block, one after the other.
    /// </summary>
    private IEnumerable<(Value Destination, Value Source)> Successions()
    {
        foreach (var region in Regions(_tree.Root))
        {
            var last = new Dictionary<string, Value>(StringComparer.Ordinal);
            if (region == _tree.Root)
            {
                foreach (var parameter in _tree.Function.Parameters.Where(p => p.Mode == ParameterMode.Value)) last[parameter.Name] = parameter.Value;
            }

            foreach (var value in region.Nodes.Where(n => !n.IsTail).SelectMany(n => n.Op.Results))
            {
                if (!value.IsUserNamed || _uses.Count(value) == 0 || !IsMergeable(value)) continue;
                if (last.TryGetValue(value.Name, out var before) && IsMergeable(before)) yield return (value, before);
                last[value.Name] = value;
            }
        }
    }

    private static IEnumerable<Region> Regions(Region region)
    {
        // Inner regions first: their variables join before those around them.
        foreach (var inner in region.Nodes.SelectMany(n => n.Inner).SelectMany(Regions)) yield return inner;
        yield return region;
    }

    private IEnumerable<(Value, Value)> Pairs(List<Value> destinations, IReadOnlyList<Operand> sources)
    {
        for (var i = 0; i < destinations.Count; i++)
        {
            if (sources[i] is not Value source || _folding.IsFolded(source)) continue;
            if (IsMergeable(source) && IsMergeable(destinations[i])) yield return (destinations[i], source);
        }
    }

    private bool IsMergeable(Value value) =>
        value.Type is ScalarType && !(_tree.Definition(value)?.Op is For loop && loop.Index.Equals(value));

    private void Merge(Variable first, Variable second)
    {
        if (first == second || !CanMerge(first, second)) return;
        if (first.Values.Count >= second.Values.Count)
        {
            foreach (var value in second.Values) _variables[value] = first;
            first.Append(second);
        }
        else
        {
            foreach (var value in first.Values) _variables[value] = second;
            second.Prepend(first);
        }
    }

    private bool CanMerge(Variable a, Variable b)
    {
        if (a.Parameter is not null && b.Parameter is not null) return false;
        if (!a.Values[0].Type.Equals(b.Values[0].Type)) return false;
        if (a.UserName is { } x && b.UserName is { } y && x != y) return false;
        if (!MayLiveIn(a.Parameter, b) || !MayLiveIn(b.Parameter, a)) return false;
        return !a.ConflictsWith(b);
    }

    private bool MayLiveIn(Parameter? parameter, Variable variable) => parameter?.Mode switch
    {
        null => true,

        // A part of a value is read where it is, and written with the whole.
        _ when parameter.Part is not null => false,
        ParameterMode.In => false,
        ParameterMode.Value => variable.UserName == parameter.Name,

        // Every access through a reference goes to memory, so a value that a loop changes stays in a local.
        _ => variable.Values.All(v => _uses.Count(v) <= 1 && _tree.Definition(v) is { Op: not Loop, Loop: null }),
    };

    /// <param name="passedByReference">Values that need a variable even if nothing reads them.</param>
    private void Place(HashSet<Value> passedByReference)
    {
        foreach (var node in _tree.Nodes)
        {
            if (node.IsTail || _folding.IsDead(node) || IsInExpression(node)) continue;
            foreach (var value in node.Op.BlockParameters().Concat(node.Op.Results))
            {
                var needed = node.Op is Loop || _uses.Count(value) > 0 || passedByReference.Contains(value);
                if (needed && !_folding.IsFolded(value)) Of(value);
            }
        }

        foreach (var variable in All.Where(v => v.Parameter is null).ToList())
        {
            var at = variable.Values.Select(v => _tree.Definition(v)!).Aggregate(First);
            variable.DeclaredAt = at;
            if (!_declared.TryGetValue(at, out var list)) _declared.Add(at, list = new List<Variable>());
            list.Add(variable);
        }

        foreach (var variable in All.Where(v => v.Parameter is not null)) variable.IsDeclared = true;
    }

    private bool IsInExpression(Node node) => node.Region.Owner is { } owner && _folding.IsExpression(owner);

    /// <summary>The first of two operations, as seen from the innermost block that holds both.</summary>
    private static Node First(Node a, Node b)
    {
        while (a.Region != b.Region)
        {
            if (a.Region.Depth >= b.Region.Depth) a = a.Region.Owner!;
            else b = b.Region.Owner!;
        }

        return a.Index <= b.Index ? a : b;
    }
}
