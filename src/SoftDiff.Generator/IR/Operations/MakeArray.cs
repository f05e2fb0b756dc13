namespace SoftDiff.Generator.IR;

/// <summary>A new array or matrix that outlives the function: what the function returns or gives back by <c>out</c>.</summary>
/// <param name="Result">The array, in the form that callers get.</param>
/// <param name="Elements">The elements it gets, in row-major order; null for zeros.</param>
/// <param name="Lengths">Its length along each axis.</param>
internal sealed record MakeArray(Value Result, Operand? Elements, ImmutableArray<Operand> Lengths) : Op
{
    /// <summary>The value type of the elements of an array of structs, whose numbers <see cref="Elements"/> are; null for an array of numbers.</summary>
    public ProductType? ElementsOf { get; init; }

    public override ImmutableArray<Value> Results => ImmutableArray.Create(Result);

    public override Freedom Freedom => Freedom.Drop;

    public override DerivativeRole Role => DerivativeRole.Movement;

    public override bool Allocates => true;

    public override IEnumerable<Operand> Reads() => Elements is null ? Lengths : Lengths.Insert(0, Elements);

    public override IEnumerable<Operand> ElementsRead() => Elements is null ? Enumerable.Empty<Operand>() : new[] { Elements };

    public override IEnumerable<(Operand To, Operand From)> Flows() => Elements is null ? NoFlow : new[] { ((Operand)Result, Elements) };

    public override Op Rebuild(Rebuilder by)
    {
        var (elements, lengths) = (by.MapOptional(Elements), by.Map(Lengths));
        return this with { Elements = elements, Lengths = lengths, Result = by.Define(Result) };
    }
}
