namespace SoftDiff.Generator.IR;

// Operations that make arrays, views of arrays, and measure them.

/// <summary>New storage local to the function, zero unless not <paramref name="Cleared"/>. Result is a span in the emitted code.</summary>
internal sealed record Allocate(Value Result, Operand Length, bool Cleared) : Op
{
    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.Drop;

    public override DerivativeRole Role => DerivativeRole.Storage;

    public override bool Allocates => true;

    public override IEnumerable<Operand> Reads() => new[] { Length };

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by)
    {
        var length = by.Map(Length);
        return this with { Length = length, Result = by.Define(Result) };
    }
}

/// <summary>The elements from <paramref name="Start"/> on, <paramref name="Count"/> of them or all that follow; shares storage.</summary>
internal sealed record View(Value Result, Operand Array, Operand Start, Operand? Count) : StorageView(Result)
{
    public override Operand? Viewed => Array;

    public override IEnumerable<Operand> Reads() => Count is null ? new[] { Array, Start } : new[] { Array, Start, Count };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, start, count) = (by.Map(Array), by.Map(Start), by.MapOptional(Count));
        return this with { Array = array, Start = start, Count = count, Result = by.Define(Result) };
    }
}

/// <summary>
/// The elements of a container in row-major order; shares storage. (If a parameter's elements have another order in memory, the emitted code
/// works on a copy until the function returns. A parameter is therefore flattened only once.)
/// </summary>
internal sealed record Flatten(Value Result, Operand Tensor) : StorageView(Result)
{
    /// <summary>Whether the function leaves the elements as they are. A copy of them is then not written back.</summary>
    public bool IsOnlyRead { get; init; }

    public override Operand? Viewed => Tensor;

    public override IEnumerable<Operand> Reads() => new[] { Tensor };

    public override Op Rebuild(Rebuilder by)
    {
        var tensor = by.Map(Tensor);
        return this with { Tensor = tensor, Result = by.Define(Result) };
    }
}

/// <summary>A tensor over all elements of an array; shares storage. The lengths are integers, or one span of <c>nint</c>; none for the empty tensor.</summary>
internal sealed record Arrange(Value Result, Operand Array, ImmutableArray<Operand> Lengths) : StorageView(Result)
{
    public override Operand? Viewed => Array;

    public override IEnumerable<Operand> Reads() => Lengths.Insert(0, Array);

    public override Op Rebuild(Rebuilder by)
    {
        var (array, lengths) = (by.Map(Array), by.Map(Lengths));
        return this with { Array = array, Lengths = lengths, Result = by.Define(Result) };
    }
}

/// <summary>The number of elements (an int); never changes for a given array value.</summary>
internal sealed record Length(Value Result, Operand Array) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => new[] { Array };

    public override Op Rebuild(Rebuilder by)
    {
        var array = by.Map(Array);
        return this with { Array = array, Result = by.Define(Result) };
    }
}

/// <summary>Whether an array parameter is null. It then has length 0.</summary>
internal sealed record IsNull(Value Result, Operand Array) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => new[] { Array };

    public override Op Rebuild(Rebuilder by)
    {
        var array = by.Map(Array);
        return this with { Array = array, Result = by.Define(Result) };
    }
}

/// <summary>The length of a tensor along each axis, a read-only span of <c>nint</c>; never changes for a given tensor value.</summary>
internal sealed record Lengths(Value Result, Operand Tensor) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => new[] { Tensor };

    public override Op Rebuild(Rebuilder by)
    {
        var tensor = by.Map(Tensor);
        return this with { Tensor = tensor, Result = by.Define(Result) };
    }
}

/// <summary>
/// Where each row of an array of arrays starts among its elements, and after the last one the number of elements. The result is a read-only
/// span of ints, which never changes.
/// </summary>
internal sealed record RowStarts(Value Result, Operand Jagged) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => new[] { Jagged };

    public override Op Rebuild(Rebuilder by)
    {
        var jagged = by.Map(Jagged);
        return this with { Jagged = jagged, Result = by.Define(Result) };
    }
}

/// <summary>The length of a matrix along one axis (an int); never changes for a given matrix.</summary>
internal sealed record AxisLength(Value Result, Operand Matrix, int Axis) : Measure(Result)
{
    public override IEnumerable<Operand> Reads() => new[] { Matrix };

    public override Op Rebuild(Rebuilder by)
    {
        var matrix = by.Map(Matrix);
        return this with { Matrix = matrix, Result = by.Define(Result) };
    }
}
