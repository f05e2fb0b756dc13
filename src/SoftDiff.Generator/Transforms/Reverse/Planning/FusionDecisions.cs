namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Which branches and loops may be reversed on the spot, and which loops may run a second time for it, as far as the primal tells. The
/// cotangents of the results must be known early enough, too.
/// </summary>
internal sealed class FusionDecisions(Primal primal, Placements placements)
{
    /// <summary>Whether the adjoint may follow the operation at once.</summary>
    public bool MayFuse(Op op, Place place) =>
        primal.Options.Fuse && placements.Of(place.Block) == Placement.Same && CanMoveAdjoint(op, place.Block, place.Position)
        && (op is not Loop loop || primal.Independence.Holds(loop));

    /// <summary>Whether the loop may run a second time at the point of its adjoint and compute and write the same values.</summary>
    public bool MayReplay(Loop loop)
    {
        var (_, block, position) = placements.Owner(loop.Body)!.Value;
        if (!primal.Options.Fuse || placements.Of(block) != Placement.Same || !primal.Independence.Holds(loop)) return false;
        if (loop.WithNested().Any(op => op.RunsOnce)) return false;
        var (written, read) = (primal.Effects.Writes(loop), primal.Effects.Reads(loop));
        for (var i = position + 1; i < block.Ops.Length; i++)
        {
            if (primal.Effects.Writes(block.Ops[i]).Any(root => written.Contains(root) || read.Contains(root))) return false;
        }

        // What it writes must not be what it reads, unless it is each iteration's own.
        return written.All(root => !read.Contains(root) || primal.IterationArrays.IsPrivate(root, loop));
    }

    /// <summary>
    /// Whether no later operation of the block shares active storage with this one, so that their adjoints may change places.
    /// </summary>
    private bool CanMoveAdjoint(Op op, Block block, int position)
    {
        var written = new HashSet<Operand>(primal.Effects.Writes(op).Where(primal.IsActive));
        var read = new HashSet<Operand>(primal.Effects.Reads(op).Where(primal.IsActive));
        if (written.Count == 0 && read.Count == 0) return true;
        for (var i = position + 1; i < block.Ops.Length; i++)
        {
            var later = block.Ops[i];
            if (primal.Effects.Writes(later).Any(r => written.Contains(r) || read.Contains(r))) return false;
            if (primal.Effects.Reads(later).Any(written.Contains)) return false;
        }

        return true;
    }
}
