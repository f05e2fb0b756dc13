namespace SoftDiff.Generator.Emit;

/// <summary>A block at its place in the function. (Blocks and operations are compared by value, so they do not tell places apart.)</summary>
internal sealed class Region(Block block, Node? owner)
{
    public Block Block { get; } = block;

    public Node? Owner { get; } = owner;

    public int Depth { get; } = owner is null ? 0 : owner.Region.Depth + 1;

    public List<Node> Nodes { get; } = new();

    /// <summary>One more than the order of the last node inside.</summary>
    public int EndOrder { get; set; }

    public Ending Ending { get; set; } = Ending.Stopped;

    public ImmutableArray<Operand> Yields => Block.Yields;

    public bool IsBranch => Owner?.Op is If;

    /// <summary>Every path through the block ends in a throw.</summary>
    public bool Stops => Nodes.Count > 0 && Nodes[Nodes.Count - 1] is var last && (last.Op is Throw || (last.Op is If && last.Inner.All(r => r.Stops)));
}

/// <summary>An operation at its place in the function.</summary>
internal sealed class Node(Op op, Region region, int index, int order)
{
    public Op Op { get; } = op;

    public Region Region { get; } = region;

    public int Index { get; } = index;

    /// <summary>Position in the order of the text.</summary>
    public int Order { get; } = order;

    public Region[] Inner { get; set; } = Array.Empty<Region>();

    /// <summary>The node's branches end as its block ends: each returns or continues with the next iteration itself.</summary>
    public bool IsTail { get; set; }

    /// <summary>The innermost loop around it.</summary>
    public Node? Loop
    {
        get
        {
            for (var owner = Region.Owner; owner is not null; owner = owner.Region.Owner)
            {
                if (owner.Op is Loop) return owner;
            }

            return null;
        }
    }
}

/// <summary>A function as a tree of places.</summary>
internal sealed class Tree
{
    private readonly Dictionary<Value, Node> _definitions = new();

    public Tree(Function function)
    {
        Function = function;
        Root = Build(function.Body, null);
        Outputs = function.Parameters.Where(p => p.IsResult && p.Value.Type is not TapeType).ToImmutableArray();
    }

    public Function Function { get; }

    public Region Root { get; }

    public List<Node> Nodes { get; } = new();

    /// <summary>The parameters that are results, in order.</summary>
    public ImmutableArray<Parameter> Outputs { get; }

    /// <summary>The operation that defines the value as a result, or owns it as index or carried parameter; null for a function's parameter.</summary>
    public Node? Definition(Value value) => _definitions.TryGetValue(value, out var node) ? node : null;

    private Region Build(Block block, Node? owner)
    {
        var region = new Region(block, owner);
        for (var i = 0; i < block.Ops.Length; i++)
        {
            var node = new Node(block.Ops[i], region, i, Nodes.Count);
            Nodes.Add(node);
            region.Nodes.Add(node);
            foreach (var result in node.Op.Results) _definitions[result] = node;
            foreach (var parameter in node.Op.BlockParameters()) _definitions[parameter] = node;
            node.Inner = node.Op.Blocks().Select(b => Build(b, node)).ToArray();
            if (node.Op is Throw) break;
        }

        region.EndOrder = Nodes.Count;
        return region;
    }
}
