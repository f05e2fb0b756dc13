namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Decides where a block's values are saved: in buffers where the number of iterations is known before the outermost loop, on the tape
/// otherwise.
/// </summary>
internal sealed class SaveDecisions(Primal primal, Placements placements)
{
    /// <summary>
    /// The loops around the block, outermost first, if all their trip counts are known before the outermost, which no branch holds;
    /// otherwise empty.
    /// </summary>
    public ImmutableArray<For> Loops(Block block)
    {
        var loops = new List<For>();
        var outermost = block;
        for (var current = block; placements.Of(current) != Placement.Same; current = placements.Owner(current)!.Value.Block)
        {
            // Its buffers would be gone when the pullback runs.
            if (placements.Of(current) == Placement.Split) return ImmutableArray<For>.Empty;
            if (placements.Of(current) != Placement.LoopBody) continue;
            if (placements.Owner(current)!.Value.Op is not For { Exit: null, Step: 1 or -1 } loop || loop.Index.Type != ScalarType.Int32)
            {
                return ImmutableArray<For>.Empty;
            }

            loops.Insert(0, loop);
            outermost = current;
        }

        // A buffer made inside a branch would be gone when the branch is reversed.
        if (!ReferenceEquals(placements.OutermostApart(block), outermost)) return ImmutableArray<For>.Empty;
        bool Before(Operand operand) => !primal.Definitions.IsDefinedIn(operand, outermost);
        return loops.All(loop => Before(loop.Start) && Before(loop.End)) ? loops.ToImmutableArray() : ImmutableArray<For>.Empty;
    }
}
