using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Splits a loop body into invariant operations and the rest. Only operations that cannot fail move, since a loop may run no iteration at
/// all: scalar functions, lengths. Loads stay: their index might be out of range. Input: a loop with its simplified body. Output: the two
/// parts, in order.
/// </summary>
internal sealed class LoopInvariants
{
    public LoopInvariants(Loop loop)
    {
        var scope = new LoopScope(loop);
        var moved = loop.Body.Ops.ToLookup(op => op.Freedom.HasFlag(Freedom.Move) && op.Reads().All(scope.IsInvariant));
        Moved = moved[true].ToImmutableArray();
        Remaining = moved[false].ToImmutableArray();
    }

    public ImmutableArray<Op> Moved { get; }

    public ImmutableArray<Op> Remaining { get; }
}
