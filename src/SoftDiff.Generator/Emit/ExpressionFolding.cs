namespace SoftDiff.Generator.Emit;

/// <summary>
/// Decides which values are written where they are read, without a variable. A value folds only if it is the same there and all effects keep
/// their order. It must be read once, the user must not have named it, and the statement must stay readable.
/// </summary>
internal sealed class ExpressionFolding
{
    private readonly Tree _tree;
    private readonly Uses _uses;
    private readonly ExpressionShapes _shapes;
    private readonly HashSet<Value> _folded = new();
    private readonly HashSet<Node> _expressions = new();
    private readonly HashSet<Value> _ordered = new();
    private readonly HashSet<Value> _acting = new();
    private readonly Dictionary<Node, Weight> _weights = new();
    private readonly LoopOverwrites _overwrites;

    public ExpressionFolding(Tree tree, Uses uses)
    {
        _tree = tree;
        _uses = uses;
        _shapes = new ExpressionShapes(uses);
        _overwrites = new LoopOverwrites(tree);
        Visit(tree.Root);
    }

    /// <summary>Whether the value is written where it is read.</summary>
    public bool IsFolded(Operand operand) => operand is Value value && _folded.Contains(value);

    /// <summary>Whether an <see cref="If"/> is written as an expression.</summary>
    public bool IsExpression(Node node) => _expressions.Contains(node);

    /// <summary>Whether the operation has no effect and nothing reads its value.</summary>
    public bool IsDead(Node node) =>
        (EvaluationOrder.IsValue(node.Op) || _expressions.Contains(node)) && _uses.Count(node.Op.Results[0]) == 0;

    /// <summary>Whether evaluating the operand has an effect.</summary>
    public bool Acts(Operand operand) => operand is Value value && _folded.Contains(value) && _acting.Contains(value);

    /// <summary>The variables an operand's text reads.</summary>
    public IEnumerable<Value> Leaves(Operand operand)
    {
        if (operand is not Value value) return Array.Empty<Value>();
        return _folded.Contains(value) ? Leaves(_tree.Definition(value)!) : new[] { value };
    }

    /// <summary>The variables the text of an operation, or of an <see cref="If"/> written as an expression, reads.</summary>
    public IEnumerable<Value> Leaves(Node node)
    {
        var leaves = node.Op.Reads().SelectMany(Leaves);
        return _expressions.Contains(node) ? leaves.Concat(node.Inner.SelectMany(r => r.Yields).SelectMany(Leaves)) : leaves;
    }

    private void Visit(Region region)
    {
        foreach (var node in region.Nodes)
        {
            if (node.Op is If && !node.IsTail && _shapes.IsExpression(node))
            {
                FoldAll(node);
                Consider(node);
            }
            else if (EvaluationOrder.IsValue(node.Op) || EvaluationOrder.IsAction(node.Op))
            {
                Consider(node);
            }

            if (!_expressions.Contains(node))
            {
                foreach (var inner in node.Inner) Visit(inner);
            }
        }
    }

    private void FoldAll(Node node)
    {
        _expressions.Add(node);
        var weight = Weight.Of(node.Op);
        foreach (var branch in node.Inner)
        {
            weight += Weight.OfLeaf(branch.Yields[0]);
            foreach (var inner in branch.Nodes)
            {
                if (inner.Op is If) FoldAll(inner);
                else weight += Weight.Of(inner.Op);
                _folded.Add(inner.Op.Results[0]);
                if (EvaluationOrder.IsOrdered(inner.Op) || _ordered.Contains(inner.Op.Results[0])) _ordered.Add(node.Op.Results[0]);
            }
        }

        Add(node, weight);
    }

    private void Consider(Node node)
    {
        var value = node.Op.Results[0];
        var uses = _uses[value];
        if (value.IsUserNamed || uses.Count == 0) return;
        if (node.Op is Length { Array.Type: ArrayType { IsTensor: false } } or Lengths && !IsFolded(node.Op.Reads().Single()))
        {
            _folded.Add(value);
            return;
        }

        if (uses.Count != 1) return;
        var use = uses[0];

        // The span of lengths lies in the tensor, which must live as long.
        if (node.Op is Arrange && use.Node?.Op is Lengths) return;

        var acting = EvaluationOrder.IsAction(node.Op) || _acting.Contains(value) || node.Op.Reads().Any(Acts);
        var ordered = acting || EvaluationOrder.IsOrdered(node.Op) || _ordered.Contains(value) || node.Op.Reads().Any(IsOrdered);
        if (!CanMove(node, use, ordered, acting) || _overwrites.ComeBetween(node, use, () => Leaves(node))) return;

        var own = WeightOf(node);
        if (use.Node is not null)
        {
            var total = WeightOf(use.Node) + own;
            if (!total.IsReadable) return;
            _weights[use.Node] = total;
        }
        else if (!own.IsReadable)
        {
            return;
        }

        _folded.Add(value);
        if (ordered) _ordered.Add(value);
        if (acting) _acting.Add(value);
    }

    private bool IsOrdered(Operand operand) => operand is Value value && _folded.Contains(value) && _ordered.Contains(value);

    private Weight WeightOf(Node node) => _weights.TryGetValue(node, out var weight) ? weight : Weight.Of(node.Op);

    private void Add(Node node, Weight weight) => _weights[node] = weight;

    private bool CanMove(Node node, Use use, bool ordered, bool acting)
    {
        if (!Reaches(node.Region, use, ordered) || LivesAcross(node, use)) return false;
        if (use.Node is null)
        {
            switch (use.Region.Ending.Kind)
            {
                case EndingKind.Function or EndingKind.Condition: break;
                case EndingKind.Loop when use.Position < 0 && !ReadsCarried(node, use.Region.Ending.Loop!): break;
                default: return false;
            }
        }

        if (use.Node?.Op is For loop && use.Position == loop.Carried.Length + 1) return IsCheapBound(node);
        if (!ordered) return true;
        if (use.Node?.Op is Compute { Code: Opcode.Select } && use.Position > 0) return false;

        // a[i] += f() reads a[i] before it calls f; and what nothing reads is not written at all.
        var reader = use.Node?.Op;
        if (acting && (reader is Accumulate || (reader?.Results.Length == 1 && _uses.Count(reader.Results[0]) == 0))) return false;

        var end = use.Node?.Index ?? node.Region.Nodes.Count;
        for (var i = node.Index + 1; i < end; i++)
        {
            var op = node.Region.Nodes[i].Op;
            if (EvaluationOrder.IsBarrier(op) || (acting && !(op is Compute or Length && !EvaluationOrder.IsOrdered(op)))) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a function that is called later, at its use, would have more values live across the call. These are the ones computed between the two
    /// places and read after the use; the JIT stores each and loads it again.
    /// </summary>
    private bool LivesAcross(Node node, Use use)
    {
        if (node.Op is not Compute call || !ScalarFunctions.Of(call.Code).CallsLibrary) return false;
        var end = use.Node is { } reader && reader.Region == node.Region ? reader.Index : node.Region.Nodes.Count;
        for (var i = node.Index + 1; i < end; i++)
        {
            if (node.Region.Nodes[i].Op is Compute between && _uses[between.Result].Any(later => later.Order > use.Order)) return true;
        }

        return false;
    }

    /// <summary>The use is in the same block or, for what is not ordered, in branches inside it.</summary>
    private bool Reaches(Region from, Use use, bool ordered)
    {
        if (use.Region == from) return true;
        if (ordered) return false;
        var region = use.Region;
        while (region != from)
        {
            if (!region.IsBranch) return false;
            region = region.Owner!.Region;
        }

        return true;
    }

    private bool ReadsCarried(Node node, Node loop)
    {
        var carried = ((Loop)loop.Op).Carried;
        return Leaves(node).Any(leaf => carried.Any(c => c.Param.Equals(leaf)));
    }

    // The condition of a for loop is evaluated every time round.
    private static bool IsCheapBound(Node node) => node.Op is Compute { Checked: false, Code: Opcode.Add or Opcode.Subtract or Opcode.Multiply };
}
