namespace SoftDiff.Generator.Emit;

/// <summary>A place that reads a value: an operation, or (with no node) the end of a block.</summary>
/// <param name="Position">The position among the node's operands or the ending's values; -1 for a loop's exit.</param>
internal readonly record struct Use(Region Region, Node? Node, int Position)
{
    public int Order => Node?.Order ?? Region.EndOrder;
}

/// <summary>All places that read each value.</summary>
internal sealed class Uses
{
    private static readonly List<Use> None = new();

    private readonly Dictionary<Value, List<Use>> _uses = new();

    /// <param name="beforeEndings">Take each block's own yields instead of its ending.</param>
    public Uses(Tree tree, bool beforeEndings = false)
    {
        BeforeEndings = beforeEndings;
        Visit(tree.Root, beforeEndings);
    }

    public bool BeforeEndings { get; }

    /// <summary>The variable or result that a value read at the end of a block becomes; null for a result of the function and for conditions.</summary>
    public Value? Destination(Use use)
    {
        if (use.Node is not null || use.Position < 0) return null;
        var owner = use.Region.Owner;
        var ending = use.Region.Ending;
        var (loop, branch) = BeforeEndings
            ? (use.Region == owner?.Inner.Last() ? owner.Op as Loop : null, owner?.Op as If)
            : (ending.Loop?.Op as Loop, ending.Kind == EndingKind.Branch ? owner?.Op as If : null);
        return loop is not null ? loop.Carried[use.Position].Param : branch?.Values[use.Position];
    }

    public List<Use> this[Value value] => _uses.TryGetValue(value, out var uses) ? uses : None;

    public int Count(Value value) => this[value].Count;

    private void Visit(Region region, bool beforeEndings)
    {
        foreach (var node in region.Nodes)
        {
            var position = 0;
            foreach (var operand in node.Op.Reads()) Add(operand, new Use(region, node, position++));
            foreach (var inner in node.Inner) Visit(inner, beforeEndings);
        }

        var finals = beforeEndings ? region.Yields : region.Ending.Finals;
        for (var i = 0; i < finals.Length; i++) Add(finals[i], new Use(region, null, i));

        var exit = beforeEndings ? (region.Owner?.Op is Loop loop && region == region.Owner.Inner.Last() ? loop.Exit : null) : region.Ending.Exit;
        if (exit is not null) Add(exit, new Use(region, null, -1));
    }

    private void Add(Operand operand, Use use)
    {
        if (operand is not Value value) return;
        if (!_uses.TryGetValue(value, out var uses)) _uses.Add(value, uses = new List<Use>());
        uses.Add(use);
    }
}
