namespace SoftDiff.Generator.Frontend;

/// <summary>An array that gets elements one after the other, and must have room for all of them when it is made.</summary>
/// <param name="Elements">The array.</param>
/// <param name="Capacity">How many elements there is room for. Nothing defines it until the function is lowered.</param>
internal abstract record GrowingStorage(Value Elements, Value Capacity)
{
    /// <summary>Whether the operation makes the array. None does if the code that would was lowered a second time.</summary>
    public bool IsMadeBy(Op op) => op is Allocate made && made.Result.Equals(Elements);

    /// <summary>The number of elements that an operation adds; null if it adds none.</summary>
    public abstract Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions);
}

/// <summary>The storage of an array of arrays whose rows come one by one.</summary>
/// <param name="Elements">The elements of all rows.</param>
/// <param name="Capacity">How many there is room for.</param>
/// <param name="Top">An array of one int: the number of elements in use.</param>
internal sealed record GrowingRows(Value Elements, Value Capacity, Value Top) : GrowingStorage(Elements, Capacity)
{
    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is Store store && store.Array.Equals(Top) ? ((Compute)definitions[(Value)store.Value]).Args[1] : null;
}

/// <summary>
/// An array before a loop, for the arrays of different lengths that its iterations leave in a variable. It has room for all of them together, and so for each.
/// </summary>
/// <param name="Elements">The elements of the array of the last iteration.</param>
/// <param name="Capacity">How many there is room for.</param>
/// <param name="Made">The arrays that an iteration makes and leaves in the variable.</param>
internal sealed record LeftArrays(Value Elements, Value Capacity, HashSet<Value> Made) : GrowingStorage(Elements, Capacity)
{
    /// <summary>The storage of other variables whose arrays an iteration leaves in this one.</summary>
    public HashSet<LeftArrays> Others { get; } = new();

    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is Allocate allocate && All(new HashSet<LeftArrays>()).Any(left => left.Made.Contains(allocate.Result)) ? allocate.Length : null;

    public bool Equals(LeftArrays? other) => other is not null && Elements.Equals(other.Elements);

    public override int GetHashCode() => Elements.GetHashCode();

    private IEnumerable<LeftArrays> All(HashSet<LeftArrays> seen) => seen.Add(this) ? Others.SelectMany(other => other.All(seen)).Prepend(this) : [];
}

/// <summary>The storage of a list.</summary>
/// <param name="Elements">The elements.</param>
/// <param name="Capacity">How many there is room for: as many as are ever added, also where some are removed in between.</param>
/// <param name="Counts">The numbers of elements after each addition: sums of the number before and the number that is added.</param>
internal sealed record GrowingList(Value Elements, Value Capacity, HashSet<Value> Counts) : GrowingStorage(Elements, Capacity)
{
    public override Operand? AddedBy(Op op, IReadOnlyDictionary<Value, Op> definitions) =>
        op is Compute sum && Counts.Contains(sum.Result) ? sum.Args[1] : null;
}
