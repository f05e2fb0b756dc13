namespace SoftDiff.Generator.Emit;

/// <summary>A value of a product type, or a member of one, that is assigned as a whole.</summary>
/// <param name="Text">The C# expression for it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Part">Any scalar of the parameter it belongs to.</param>
/// <param name="First">The number of its first scalar among those of the parameter.</param>
/// <param name="Leaves">The numbers of the scalars that are assigned.</param>
/// <param name="Keeps">Whether the other scalars stay as they are; otherwise they become zero.</param>
internal sealed record WholeValue(string Text, IrType Type, ParameterPart Part, int First, ImmutableArray<int> Leaves, bool Keeps)
{
    /// <summary>Of a derivative: the results of the method that say whether there is a value, by the number of the scalar.</summary>
    public ImmutableDictionary<int, Operand> Presence { get; init; } = ImmutableDictionary<int, Operand>.Empty;
}

/// <summary>An assignment of a value to a variable, or of several to the scalars of a whole.</summary>
/// <param name="Destinations">The variable; of a whole the variables of its scalars.</param>
/// <param name="Sources">One for each of them.</param>
/// <param name="Whole">The whole; null for a variable of its own.</param>
internal sealed record Move(ImmutableArray<Variable> Destinations, ImmutableArray<Operand> Sources, WholeValue? Whole)
{
    /// <summary>All operands that the assignment reads.</summary>
    public IEnumerable<Operand> Reads => Whole is null ? Sources : Sources.Concat(Whole.Presence.Values);
}

/// <summary>Assignments that happen at once, as at the end of a loop's body.</summary>
internal sealed class ParallelMoves
{
    private readonly List<Move> _moves = new();

    public void Add(Variable destination, Operand source) => _moves.Add(new Move(ImmutableArray.Create(destination), ImmutableArray.Create(source), null));

    public void Add(Move move) => _moves.Add(move);

    /// <summary>The moves whose sources are not all in their destinations already.</summary>
    public List<Move> Pending(Func<Variable, Operand, bool> holds) =>
        _moves.Where(m => m.Sources.Where((source, i) => !holds(m.Destinations[i], source)).Any()).ToList();
}
