namespace SoftDiff.Generator.IR;

// The tape is a stack of numbers and arrays whose size is known only at run time. What is pushed last is taken back first, so each of these
// operations reads and changes the tape. A tape that holds differentiated numbers has a shadow: a second tape for their tangents or
// cotangents.

/// <summary>Opens a tape, which is disposed when the function returns.</summary>
internal sealed record OpenTape(Value Result) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Storage;

    public override bool Allocates => true;

    public override IEnumerable<Operand> Reads() => Enumerable.Empty<Operand>();

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by) => this with { Result = by.Define(Result) };
}

internal sealed record Push(Operand Tape, Operand Value) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Tape, Value };

    public override IEnumerable<Operand> ElementsRead() => new[] { Tape };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Tape };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Tape, Value) };

    public override Op Rebuild(Rebuilder by) => this with { Tape = by.Map(Tape), Value = by.Map(Value) };
}

/// <summary>Takes back the value pushed last and not yet popped. Its type is the result's.</summary>
internal sealed record Pop(Value Result, Operand Tape) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.None;

    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Tape };

    public override IEnumerable<Operand> ElementsRead() => new[] { Tape };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Tape };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { ((Operand)Result, Tape) };

    public override Op Rebuild(Rebuilder by)
    {
        var tape = by.Map(Tape);
        return this with { Tape = tape, Result = by.Define(Result) };
    }
}

/// <summary>Pushes a copy of all elements.</summary>
internal sealed record PushArray(Operand Tape, Operand Array) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Tape, Array };

    public override IEnumerable<Operand> ElementsRead() => new[] { Tape, Array };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Tape };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Tape, Array) };

    public override Op Rebuild(Rebuilder by) => this with { Tape = by.Map(Tape), Array = by.Map(Array) };
}

/// <summary>Takes a pushed copy back into an array of the same length.</summary>
internal sealed record PopArray(Operand Tape, Operand Array) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    public override IEnumerable<Operand> Reads() => new[] { Tape, Array };

    public override IEnumerable<Operand> ElementsRead() => new[] { Tape };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Tape, Array };

    public override IEnumerable<(Operand To, Operand From)> Flows() => new[] { (Array, Tape) };

    public override Op Rebuild(Rebuilder by) => this with { Tape = by.Map(Tape), Array = by.Map(Array) };
}
