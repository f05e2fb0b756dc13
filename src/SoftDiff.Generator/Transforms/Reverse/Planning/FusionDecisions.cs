namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// Which branches and loops may be reversed on the spot, and which loops may run a second time for it, as far as the primal tells. The
/// cotangents of the results must be known early enough, too.
/// </summary>
internal sealed class FusionDecisions
{
    private readonly Primal _primal;
    private readonly Placements _placements;

    public FusionDecisions(Primal primal, Placements placements)
    {
        _primal = primal;
        _placements = placements;
    }

    /// <summary>Whether the adjoint may follow the operation at once.</summary>
    public bool MayFuse(Op op, Place place) =>
        _primal.Options.Fuse && _placements.Of(place.Block) == Placement.Same && CanMoveAdjoint(op, place.Block, place.Position)
        && (op is not Loop loop || _primal.Independence.Holds(loop));

    /// <summary>Whether the loop may run a second time at the point of its adjoint and compute and write the same values.</summary>
    public bool MayReplay(Loop loop)
    {
        var (_, block, position) = _placements.Owner(loop.Body)!.Value;
        if (!_primal.Options.Fuse || _placements.Of(block) != Placement.Same || !_primal.Independence.Holds(loop)) return false;
        var (written, read) = (_primal.Effects.Writes(loop), _primal.Effects.Reads(loop));
        for (var i = position + 1; i < block.Ops.Length; i++)
        {
            if (_primal.Effects.Writes(block.Ops[i]).Any(root => written.Contains(root) || read.Contains(root))) return false;
        }

        // What it writes must not be what it reads, unless it is each iteration's own.
        return written.All(root => !read.Contains(root) || _primal.IterationArrays.IsPrivate(root, loop));
    }

    /// <summary>
    /// Whether no later operation of the block shares active storage with this one, so that their adjoints may change places.
    /// </summary>
    private bool CanMoveAdjoint(Op op, Block block, int position)
    {
        var written = new HashSet<Operand>(_primal.Effects.Writes(op).Where(_primal.IsActive));
        var read = new HashSet<Operand>(_primal.Effects.Reads(op).Where(_primal.IsActive));
        if (written.Count == 0 && read.Count == 0) return true;
        for (var i = position + 1; i < block.Ops.Length; i++)
        {
            var later = block.Ops[i];
            if (_primal.Effects.Writes(later).Any(r => written.Contains(r) || read.Contains(r))) return false;
            if (_primal.Effects.Reads(later).Any(written.Contains)) return false;
        }

        return true;
    }
}
