namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the values that a loop defines: its index, its carried variables, and the values of its blocks. All other operands of the body are
/// invariant. This analysis looks at the loop alone, so a pass may ask it about a loop that the pass has just made.
/// </summary>
internal sealed class LoopScope
{
    private readonly Dictionary<Value, Op?> _definitions = new();
    private readonly HashSet<Value> _changing = new();

    public LoopScope(Loop loop)
    {
        AddParameters(loop);
        foreach (var op in loop.Blocks().SelectMany(block => block.AllOps()))
        {
            AddParameters(op);
            var isInvariant = op.Freedom.HasFlag(Freedom.Move) && op.Reads().All(IsInvariant);
            foreach (var result in op.Results)
            {
                _definitions[result] = op;
                if (!isInvariant) _changing.Add(result);
            }
        }
    }

    /// <summary>Whether the operand is defined outside the loop.</summary>
    public bool IsOutside(Operand operand) => operand is not Value value || !_definitions.ContainsKey(value);

    /// <summary>Whether the operand is the same in every iteration: it is defined outside, or computed in the loop from such operands alone.</summary>
    public bool IsInvariant(Operand operand) => operand is not Value value || !_changing.Contains(value);

    /// <summary>The operation inside the loop that defines the operand; null if there is none.</summary>
    public Op? OpOf(Operand operand) => operand is Value value && _definitions.TryGetValue(value, out var op) ? op : null;

    private void AddParameters(Op op)
    {
        foreach (var parameter in op.BlockParameters())
        {
            _definitions[parameter] = null;
            _changing.Add(parameter);
        }
    }
}
