namespace SoftDiff.Generator.Emit;

/// <summary>An assignment of a value to a variable.</summary>
internal sealed record Move(Variable Destination, Operand Source);

/// <summary>Assignments that happen at once, as at the end of a loop's body.</summary>
internal sealed class ParallelMoves
{
    private readonly List<Move> _moves = new();

    public void Add(Variable destination, Operand source) => _moves.Add(new Move(destination, source));

    /// <summary>The moves whose source is not in its destination already.</summary>
    public List<Move> Pending(Func<Variable, Operand, bool> holds) => _moves.Where(m => !holds(m.Destination, m.Source)).ToList();
}
