namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Decides where a block's values are saved: in buffers where the number of iterations is known before the outermost loop, on the tape
/// otherwise.
/// </summary>
internal sealed class SaveDecisions
{
    private readonly Primal _primal;
    private readonly Placements _placements;

    public SaveDecisions(Primal primal, Placements placements)
    {
        _primal = primal;
        _placements = placements;
    }

    /// <summary>
    /// The loops around the block, outermost first, if all their trip counts are known before the outermost, which no branch holds;
    /// otherwise empty.
    /// </summary>
    public ImmutableArray<For> Loops(Block block)
    {
        var loops = new List<For>();
        var outermost = block;
        for (var current = block; _placements.Of(current) != Placement.Same; current = _placements.Owner(current)!.Value.Block)
        {
            // Its buffers would be gone when the pullback runs.
            if (_placements.Of(current) == Placement.Split) return ImmutableArray<For>.Empty;
            if (_placements.Of(current) != Placement.LoopBody) continue;
            if (_placements.Owner(current)!.Value.Op is not For { Exit: null, Step: 1 or -1 } loop || loop.Index.Type != ScalarType.Int32)
            {
                return ImmutableArray<For>.Empty;
            }

            loops.Insert(0, loop);
            outermost = current;
        }

        // A buffer made inside a branch would be gone when the branch is reversed.
        if (!ReferenceEquals(_placements.OutermostApart(block), outermost)) return ImmutableArray<For>.Empty;
        bool Before(Operand operand) => !_primal.Definitions.IsDefinedIn(operand, outermost);
        return loops.All(loop => Before(loop.Start) && Before(loop.End)) ? loops.ToImmutableArray() : ImmutableArray<For>.Empty;
    }
}
