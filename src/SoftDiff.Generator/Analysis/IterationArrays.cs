namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the arrays that carry no elements from one iteration of a loop to another. There are three kinds: arrays that belong to one
/// iteration, arrays to which iterations only add, and arrays of which each iteration writes its own element.
/// </summary>
internal sealed class IterationArrays
{
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly ArrayLengths _lengths;

    public IterationArrays(Function function, Definitions definitions, Effects effects)
    {
        _definitions = definitions;
        _effects = effects;
        _lengths = new ArrayLengths(function, definitions);
    }

    /// <summary>Whether the array belongs to one iteration: it is made there, or could be.</summary>
    public bool IsPrivate(Operand root, Loop loop) => _definitions.IsDefinedIn(root, loop.Body) || IsScratch(root, loop);

    /// <summary>
    /// The operation by which an iteration may read or overwrite elements that another iteration writes; null if there is none.
    /// </summary>
    public Op? Obstacle(Operand root, Loop loop)
    {
        if (IsPrivate(root, loop)) return null;
        var accesses = Accesses(root, loop);
        return IsStoredOnce(root, accesses, loop) ? null : accesses.FirstOrDefault(op => op is not Accumulate);
    }

    private List<Op> Accesses(Operand root, Loop loop) => loop.Body.AllOps()
        .Where(op => op.ElementsWritten().Concat(op.ElementsRead()).Any(array => _definitions.Root(array).Equals(root))).ToList();

    /// <summary>
    /// Whether the only access is a store at the loop's index, or at a fixed distance from it. No element is then stored twice.
    /// </summary>
    private static bool IsStoredOnce(Operand root, List<Op> accesses, Loop loop) =>
        loop is For { Exit: null } counted
        && accesses.Count == 1 && accesses[0] is Store store && store.Array.Equals(root)
        && counted.Body.Ops.Any(op => ReferenceEquals(op, store))
        && AffineIndex.Of(store.Index, counted, new LoopScope(counted)) is { IsShifted: true };

    /// <summary>
    /// Whether each iteration could make the local array itself: it overwrites the whole array before it reads any element, and nothing
    /// reads the array after the loop.
    /// </summary>
    private bool IsScratch(Operand root, Loop loop) =>
        _definitions.OpOf(root) is Allocate
        && loop.Body.Ops.FirstOrDefault(op => _effects.Touches(op, root)) is { } first && Overwrites(first, root)
        && !IsReadAfter(root, loop);

    /// <summary>Whether the operation writes all elements of the array and reads none.</summary>
    private bool Overwrites(Op op, Operand root) => op switch
    {
        Fill fill => fill.Array.Equals(root),
        For inner => inner.IsPlain && _lengths.AreEqual(root, inner.End) && !_effects.Reads(inner).Contains(root)
            && inner.Body.Ops.Any(o => o is Store store && store.Array.Equals(root) && store.Index.Equals(inner.Index)),
        RuleCall call => call.Args.Where((arg, i) => arg.Equals(root) && call.Rule.Parameters[i].Role == RuleRole.Destination).Any()
            && !_effects.Reads(call).Contains(root),
        _ => false,
    };

    /// <summary>Whether anything may read the array after the loop, in the loop's own block or around it.</summary>
    private bool IsReadAfter(Operand root, Loop loop)
    {
        bool Reads(IEnumerable<Op> ops) => ops.Any(op => _effects.Reads(op).Contains(root));
        var (block, position) = _definitions.Owner(loop.Body)!.Value;
        var home = _definitions[(Value)root].Block;
        while (true)
        {
            if (Reads(block.Ops.Skip(position + 1))) return true;
            if (ReferenceEquals(block, home)) return false;
            if (_definitions.Owner(block) is not { } owner) return false;
            // In an outer loop the next iteration, or the condition for it, may read the array before this loop overwrites it.
            if (owner.Block.Ops[owner.Position] is Loop outer)
            {
                if (Reads(block.Ops.Take(position)) || (outer is While @while && Reads(@while.Condition.Ops))) return true;
            }

            (block, position) = owner;
        }
    }
}
