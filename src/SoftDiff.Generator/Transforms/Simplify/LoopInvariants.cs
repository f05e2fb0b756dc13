using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Splits a loop body into what computes the same in every iteration, and the rest. Only operations that cannot fail move, since a loop may run no
/// iteration at all: scalar functions, lengths. Loads stay: their index might be out of range. Input: a loop and its simplified body. Output: the
/// two parts, in order.
/// </summary>
internal sealed class LoopInvariants
{
    public LoopInvariants(Loop loop, Block body)
    {
        var inside = new HashSet<Value>(loop.BlockParameters());
        foreach (var op in body.AllOps()) inside.UnionWith(op.Results.Concat(op.BlockParameters()));
        var moved = ImmutableArray.CreateBuilder<Op>();
        var remaining = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in body.Ops)
        {
            if (op.Freedom.HasFlag(Freedom.Move))
            {
                if (!op.Reads().Any(o => o is Value value && inside.Contains(value)))
                {
                    moved.Add(op);
                    inside.ExceptWith(op.Results);
                    continue;
                }
            }

            remaining.Add(op);
        }

        Moved = moved.ToImmutable();
        Remaining = remaining.ToImmutable();
    }

    public ImmutableArray<Op> Moved { get; }

    public ImmutableArray<Op> Remaining { get; }
}
