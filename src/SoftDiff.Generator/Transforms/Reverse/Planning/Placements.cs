using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>Where the reverse code of each block stands, by what was decided of the operations around it.</summary>
internal sealed class Placements
{
    private readonly Primal _primal;
    private readonly Placement _root;
    private readonly Dictionary<Op, Reversal> _reversals = new(ByReference<Op>.Instance);

    public Placements(Primal primal, Placement root)
    {
        _primal = primal;
        _root = root;
    }

    /// <summary>Whether the reverse code is in another function than the forward code.</summary>
    public bool IsSplit => _root == Placement.Split;

    public void Add(Op op, Reversal reversal) => _reversals.Add(op, reversal);

    public Placement Of(Block block)
    {
        if (Owner(block) is not { } owner) return _root;
        if (_reversals[owner.Op] != Reversal.Apart) return Placement.Same;
        return owner.Op is Loop ? Placement.LoopBody : Placement.Branch;
    }

    /// <summary>The operation that owns a block, with its block and its position there; null for the function's body.</summary>
    public (Op Op, Block Block, int Position)? Owner(Block block) =>
        _primal.Definitions.Owner(block) is { } owner ? (owner.Block.Ops[owner.Position], owner.Block, owner.Position) : null;

    /// <summary>
    /// The outermost block around this one, or this one, whose reverse code stands apart; null if it is the body of a split function.
    /// </summary>
    public Block? OutermostApart(Block block)
    {
        while (Owner(block) is { } owner)
        {
            if (Of(owner.Block) == Placement.Same) return block;
            block = owner.Block;
        }

        return null;
    }
}
