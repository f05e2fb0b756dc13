namespace SoftDiff.Generator.IR;

// Operations that read or write the elements of arrays.

internal sealed record Load(Value Result, Operand Array, Operand Index) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.Drop | Freedom.Repeat;

    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Index };

    public override IEnumerable<Operand> ElementsRead() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { ((Operand)Result, Array) };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, index) = (by.Map(Array), by.Map(Index));
        return this with { Array = array, Index = index, Result = by.Define(Result) };
    }
}

/// <summary><c>array[index] = value</c></summary>
internal sealed record Store(Operand Array, Operand Index, Operand Value) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Index, Value };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Index = by.Map(Index), Value = by.Map(Value) };
}

/// <summary><c>array[index] += value</c></summary>
internal sealed record Accumulate(Operand Array, Operand Index, Operand Value) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Index, Value };

    public override IEnumerable<Operand> ElementsRead() => new[] { Array };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Index = by.Map(Index), Value = by.Map(Value) };
}

/// <summary>Sets every element.</summary>
internal sealed record Fill(Operand Array, Operand Value) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Array, Value };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Array = by.Map(Array), Value = by.Map(Value) };
}

/// <summary><c>source.CopyTo(destination)</c>: the first elements of the destination, which may be longer.</summary>
internal sealed record Copy(Operand Source, Operand Destination) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Source, Destination };

    public override IEnumerable<Operand> ElementsRead() => new[] { Source };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Destination };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Destination, Source) };

    public override Op Rebuild(Rebuilder by) => this with { Source = by.Map(Source), Destination = by.Map(Destination) };
}
