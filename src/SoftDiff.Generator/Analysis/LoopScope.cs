using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Analysis;

/// <summary>
/// What a loop defines: its index, its carried variables, and the values of its blocks. Everything else that the body reads is the same in every
/// iteration. It needs the loop alone, so a pass may ask it about a loop that the pass has just made.
/// </summary>
internal sealed class LoopScope
{
    private readonly HashSet<Value> _inside;
    private readonly Dictionary<Value, Op> _definitions = new();

    public LoopScope(Loop loop)
    {
        _inside = new HashSet<Value>(loop.BlockParameters());
        foreach (var block in loop.Blocks()) Visit(block);
    }

    /// <summary>Whether the operand is defined outside the loop.</summary>
    public bool IsOutside(Operand operand) => operand is not Value value || !_inside.Contains(value);

    /// <summary>Whether the operand is the same in every iteration: it is defined outside, or computed in the loop from such operands alone.</summary>
    public bool IsInvariant(Operand operand) =>
        IsOutside(operand) || (OpOf(operand) is { } op && op.Freedom.HasFlag(Freedom.Move) && op.Reads().All(IsInvariant));

    /// <summary>The operation inside the loop that defines the operand; null if there is none.</summary>
    public Op? OpOf(Operand operand) => operand is Value value && _definitions.TryGetValue(value, out var op) ? op : null;

    private void Visit(Block block)
    {
        foreach (var op in block.AllOps())
        {
            _inside.UnionWith(op.BlockParameters());
            foreach (var result in op.Results)
            {
                _inside.Add(result);
                _definitions[result] = op;
            }
        }
    }
}
