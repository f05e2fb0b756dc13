namespace SoftDiff.Generator.IR;

// Operations of functions that run another function on every example of a batch. An empty batch requires nothing of its arrays.

/// <summary>
/// The number of elements that an array of a batch holds for each example: its length divided by the number of examples, for a tensor the product of its
/// lengths but the first. 0 for an empty batch. ArgumentException unless the array divides into so many rows.
/// </summary>
internal sealed record RowLength(Value Result, Operand Array, string Name, Operand Batch) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Constant;

    public override IEnumerable<Operand> Reads() => new[] { Array, Batch };

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by)
    {
        var (array, batch) = (by.Map(Array), by.Map(Batch));
        return this with { Array = array, Batch = batch, Result = by.Define(Result) };
    }
}

/// <summary>
/// ArgumentException unless an array of a batch holds so many elements for each example. <paramref name="LikeName"/>: the parameter of which an example has
/// as many, for the message; empty if every example has one element.
/// </summary>
internal sealed record RequireRows(Operand Array, string Name, Operand Batch, Operand Row, string LikeName) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Constant;

    public override IEnumerable<Operand> Reads() => new[] { Array, Batch, Row };

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Batch = by.Map(Batch), Row = by.Map(Row) };
}

/// <summary>
/// Calls a function of the module for parts of a range on several cores, until every index from 0 to <paramref name="Count"/> has been in one part. The
/// function takes the first index of a part, its end, and then <paramref name="Args"/>. It returns nothing, and what it writes for one index it neither
/// reads nor writes for another, so results do not depend on the parts. No transform differentiates it.
/// </summary>
internal sealed record ParallelCall(string Callee, Operand Count, ImmutableArray<Operand> Args) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Call;

    public override IEnumerable<Operand> Reads() => Args.Insert(0, Count);

    public override IEnumerable<Operand> ElementsRead() => Args.Where(a => a.Type is ArrayType);

    public override IEnumerable<Operand> ElementsWritten() => Args.Where(a => a.Type is ArrayType { IsReadOnly: false });

    public override IEnumerable<(Operand To, Operand From)> Flows() => ElementsWritten().SelectMany(to => Args.Select(from => (to, from)));

    public override Op Rebuild(Rebuilder by)
    {
        var count = by.Map(Count);
        return this with { Count = count, Args = by.Map(Args) };
    }
}
