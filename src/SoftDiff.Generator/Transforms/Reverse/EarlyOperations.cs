using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The operations that must move before a fused operation so that its cotangents are known there. Only pure scalar operations move, of the
/// primal and of the reverse code.
/// </summary>
internal sealed class EarlyOperations
{
    private readonly int _position;
    private readonly Frame _frame;
    private readonly Definitions _definitions;
    private readonly HashSet<Op> _adjoint = new(ByReference<Op>.Instance);
    private readonly SortedSet<int> _primal = new();

    private EarlyOperations(int position, Frame frame, Definitions definitions)
    {
        _position = position;
        _frame = frame;
        _definitions = definitions;
    }

    /// <summary>
    /// The operations on which cotangents depend, for an operation at a position; null if they depend on what it computes, or cannot move.
    /// </summary>
    public static EarlyOperations? Find(IEnumerable<Operand?> cotangents, int position, Frame frame, Definitions definitions)
    {
        var early = new EarlyOperations(position, frame, definitions);
        return cotangents.All(c => c is null || early.CanPrecede(c)) ? early : null;
    }

    /// <summary>Takes the operations out of where they stand, and gives them in order.</summary>
    public List<Op> Move()
    {
        var ops = _primal.Select(i => _frame.Primal.Ops[i]).ToList();
        _frame.Moved.UnionWith(_primal);
        // Moved earlier for the sake of a later operation, and now once more.
        foreach (var later in _frame.Replaced.OrderBy(r => r.Key).Select(r => r.Value))
        {
            ops.AddRange(later.Where(_adjoint.Contains));
            later.RemoveAll(_adjoint.Contains);
        }

        ops.AddRange(_frame.Code.Take(_adjoint.Contains));
        return ops;
    }

    private bool CanPrecede(Operand operand)
    {
        if (operand is not Value value) return true;
        var defining = _frame.Code.Find(value) ?? _frame.Replaced.Values.SelectMany(r => r).FirstOrDefault(r => r.Results.Contains(value));
        if (defining is { } code) return _adjoint.Contains(code) || (CanMove(code) && _adjoint.Add(code) && code.Reads().All(CanPrecede));
        if (!_definitions.TryGet(value, out var definition) || !ReferenceEquals(definition.Block, _frame.Primal)) return true;
        if (definition.Position < _position) return true;
        if (definition.Position == _position) return false;
        var op = definition.Op!;
        return _primal.Contains(definition.Position) || (CanMove(op) && _primal.Add(definition.Position) && op.Reads().All(CanPrecede));
    }

    private static bool CanMove(Op op) => op.Freedom.HasFlag(Freedom.Move);
}
