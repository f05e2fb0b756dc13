namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>Which arrays the reverse sweep finds as the forward sweep left them. Memory is never rolled back.</summary>
internal sealed class ArrayDecisions(Primal primal, Placements placements)
{
    /// <summary>Whether the storage of an array still exists where reverse code runs.</summary>
    public bool CanReach(Operand array) =>
        primal.Definitions.Root(array) is not Value root
        || primal.Definitions[root] is var definition && (definition.Op is null || placements.Of(definition.Block) == Placement.Same);

    /// <summary>Whether no write to the array can run after a position in a block and before the reverse code of the block.</summary>
    public bool IsStable(Operand array, Block block, int position)
    {
        var root = primal.Definitions.Root(array);
        if (root is not Value || primal.Definitions.OpOf(root) is Lengths or RowStarts) return true;
        if (!CanReach(root) || placements.IsSplit) return false;
        while (true)
        {
            for (var i = position + 1; i < block.Ops.Length; i++)
            {
                if (primal.Effects.Writes(block.Ops[i]).Contains(root)) return false;
            }

            var placement = placements.Of(block);
            if (placement == Placement.Same) return true;
            if (placement == Placement.LoopBody && block.Ops.Any(op => primal.Effects.Writes(op).Contains(root))) return false;
            (_, block, position) = placements.Owner(block)!.Value;
        }
    }

    /// <summary>How the reverse sweep sees the elements that an array has after a position in a block.</summary>
    public ArrayAccess Elements(Operand array, Block block, int position)
    {
        if (IsStable(array, block, position)) return ArrayAccess.Unchanged;
        if (array.Type is ArrayType { IsTensor: true } && primal.Definitions.OpOf(array) is Arrange) return ArrayAccess.Rearranged;
        return placements.Of(block) == Placement.Same ? ArrayAccess.Copied : ArrayAccess.OnTape;
    }
}
