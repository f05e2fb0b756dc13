namespace SoftDiff.Generator.Emit;

/// <summary>Finds the <see cref="If"/>s that read best as one expression: <c>?:</c>, <c>&amp;&amp;</c>, <c>||</c>.</summary>
internal sealed class ExpressionShapes
{
    private readonly Uses _uses;

    public ExpressionShapes(Uses uses)
    {
        _uses = uses;
    }

    public bool IsExpression(Node node)
    {
        var weight = default(Weight);
        return node.Op is If { Values.Length: 1 } @if && @if.Values[0].Type is ScalarType && Fits(node, ref weight) && !KeepsVariable(@if, node);
    }

    private bool Fits(Node node, ref Weight weight)
    {
        if (node.Op is not If { Values.Length: 1 } || node.Inner.Any(r => r.Stops || r.Yields.Length != 1)) return false;
        foreach (var branch in node.Inner)
        {
            weight += Weight.OfLeaf(branch.Yields[0]);
            foreach (var inner in branch.Nodes)
            {
                if (inner.Op is Length or IsNull or Load or Compute)
                {
                    weight += Weight.Of(inner.Op);
                }
                else if (!Fits(inner, ref weight))
                {
                    return false;
                }

                var result = inner.Op.Results[0];
                if (result.IsUserNamed || _uses.Count(result) != 1 || _uses[result][0].Region != branch) return false;
            }
        }

        weight += new Weight(1, 6);
        return weight.Operators <= 10 && weight.Characters <= 100;
    }

    /// <summary>A branch leaves a loop's variable as it is: <c>if (c) s = …;</c> reads better.</summary>
    private bool KeepsVariable(If @if, Node node)
    {
        var kept = node.Inner.SelectMany(r => r.Yields).OfType<Value>().ToList();
        return kept.Count > 0 && Destinations(@if.Values[0]).Any(kept.Contains);
    }

    /// <summary>The variables a value becomes, directly or as the result of ifs around it.</summary>
    private IEnumerable<Value> Destinations(Value value)
    {
        foreach (var use in _uses[value])
        {
            if (_uses.Destination(use) is not { } destination) continue;
            yield return destination;
            if (use.Region.Owner?.Op is not If owner || !owner.Values.Contains(destination)) continue;
            foreach (var next in Destinations(destination)) yield return next;
        }
    }
}
