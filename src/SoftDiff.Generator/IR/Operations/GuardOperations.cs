namespace SoftDiff.Generator.IR;

// Operations that throw.

/// <summary>Throws the exception of a C# expression in which <c>{0}</c>, <c>{1}</c> … stand for the operands. Nothing after it runs.</summary>
internal sealed record Throw(string Expression, ImmutableArray<Operand> Args) : Guard
{
    public override bool NeverReturns => true;

    public override IEnumerable<Operand> Reads() => Args;

    public override Op Rebuild(Rebuilder by) => this with { Args = by.Map(Args) };
}

/// <summary>ArgumentException unless both arrays have the same length, or both tensors the same lengths.</summary>
internal sealed record RequireLength(Operand Array, string Name, Operand Like, string LikeName) : Guard
{
    public override IEnumerable<Operand> Reads() => new[] { Array, Like };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Like = by.Map(Like) };
}

/// <summary>ArgumentException unless the array has an element for each place of a matrix.</summary>
internal sealed record RequireMatrix(Operand Array, string Name, Operand Rows, Operand Columns) : Guard
{
    public override IEnumerable<Operand> Reads() => new[] { Array, Rows, Columns };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Rows = by.Map(Rows), Columns = by.Map(Columns) };
}

/// <summary>ArgumentException unless the tensor has that many axes.</summary>
internal sealed record RequireRank(Operand Tensor, string Name, int Rank) : Guard
{
    public override IEnumerable<Operand> Reads() => new[] { Tensor };

    public override Op Rebuild(Rebuilder by) => this with { Tensor = by.Map(Tensor) };
}

/// <summary>ArgumentException if the arrays share storage.</summary>
internal sealed record RequireDisjoint(Operand First, string FirstName, Operand Second, string SecondName) : Guard
{
    public override IEnumerable<Operand> Reads() => new[] { First, Second };

    public override Op Rebuild(Rebuilder by) => this with { First = by.Map(First), Second = by.Map(Second) };
}

/// <summary>ArgumentException if one of the first arrays, which are written, shares storage with any other.</summary>
/// <param name="Arrays">Those that are written, then those that are only read.</param>
/// <param name="Names">Their names in messages, without spaces.</param>
/// <param name="Written">How many are written.</param>
internal sealed record RequireAllDisjoint(ImmutableArray<Operand> Arrays, ImmutableArray<string> Names, int Written) : Guard
{
    /// <summary>The most arrays that one call of the runtime compares.</summary>
    public const int Most = 32;

    public override IEnumerable<Operand> Reads() => Arrays;

    public override Op Rebuild(Rebuilder by) => this with { Arrays = by.Map(Arrays) };
}

/// <summary>
/// IndexOutOfRangeException if a loop over the indices from the first to the end leaves an axis of that length. Without an index it holds.
/// </summary>
/// <param name="Inclusive">Whether the end is an index too.</param>
internal sealed record RequireIndices(Operand First, Operand End, bool Inclusive, Operand Length) : Guard
{
    public override IEnumerable<Operand> Reads() => new[] { First, End, Length };

    public override Op Rebuild(Rebuilder by) => this with { First = by.Map(First), End = by.Map(End), Length = by.Map(Length) };
}
