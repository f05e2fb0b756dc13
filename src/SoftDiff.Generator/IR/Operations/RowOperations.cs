namespace SoftDiff.Generator.IR;

// Operations on rows. The last passes write innermost loops over consecutive elements with them.

/// <summary>
/// The <paramref name="Count"/> elements from <paramref name="Start"/> on, which a loop over 0 … count − 1 reads or writes; shares storage. It throws
/// what the loop's accesses would throw. Where the count is negative the loop does not run, and the row must not be read.
/// </summary>
internal sealed record Row(Value Result, Operand Array, Operand Start, Operand Count) : StorageView(Result)
{
    public override Operand? Viewed => Array;

    public override IEnumerable<Operand> Reads() => new[] { Array, Start, Count };

    public override Op Rebuild(Rebuilder by)
    {
        var (array, start, count) = (by.Map(Array), by.Map(Start), by.Map(Count));
        return this with { Array = array, Start = start, Count = count, Result = by.Define(Result) };
    }
}

internal enum RowUpdateKind
{
    /// <summary><c>destination[i] += source[i]</c></summary>
    Add,

    /// <summary><c>destination[i] -= source[i]</c></summary>
    Subtract,

    /// <summary><c>destination[i] = source[i] * factor</c></summary>
    Multiply,

    /// <summary><c>destination[i] += source[i] * factor</c>, the product and the sum rounded one after the other.</summary>
    MultiplyAdd,
}

/// <summary>
/// Does the same to every element of a row, in any order. The rows are of one length, and one row or without common elements.
/// <paramref name="Factor"/>: a number, for the kinds that multiply.
/// </summary>
internal sealed record RowUpdate(RowUpdateKind Kind, Operand Destination, Operand Source, Operand? Factor) : Statement
{
    public override DerivativeRole Role => DerivativeRole.Movement;

    /// <summary>
    /// The operands of the kind, in order, and then the destination. The destination comes twice if its elements are read as well.
    /// </summary>
    public override IEnumerable<Operand> Reads() => Kind switch
    {
        RowUpdateKind.Add or RowUpdateKind.Subtract => new[] { Destination, Source, Destination },
        RowUpdateKind.Multiply => new[] { Source, Factor!, Destination },
        RowUpdateKind.MultiplyAdd => new[] { Source, Factor!, Destination, Destination },
        _ => throw new NotSupportedException(Kind.ToString()),
    };

    public override IEnumerable<Operand> ElementsRead() =>
        Kind == RowUpdateKind.Multiply ? new[] { Source } : new[] { Source, Destination };

    public override IEnumerable<Operand> ElementsWritten() => new[] { Destination };

    public override IEnumerable<(Operand To, Operand From)> Flows() =>
        Reads().Where(from => !from.Equals(Destination)).Select(from => (Destination, from));

    public override Op Rebuild(Rebuilder by)
    {
        var (destination, source, factor) = (by.Map(Destination), by.Map(Source), by.MapOptional(Factor));
        return this with { Destination = destination, Source = source, Factor = factor };
    }
}
