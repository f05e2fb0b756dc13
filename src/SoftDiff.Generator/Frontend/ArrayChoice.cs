namespace SoftDiff.Generator.Frontend;

/// <summary>One of several arrays, or a part of it: which (its number among the function's), from where, how many elements.</summary>
internal sealed record ArrayChoice(ArrayType Of, ImmutableArray<(int Number, Operand Array)> Roots, Operand Which, Operand Start, Operand Count) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts =>
        Roots.Length == 1 ? ImmutableArray.Create(Start, Count) : ImmutableArray.Create(Which, Start, Count);

    public override Composite With(ImmutableArray<Operand> parts) =>
        Roots.Length == 1 ? this with { Start = parts[0], Count = parts[1] } : this with { Which = parts[0], Start = parts[1], Count = parts[2] };

    /// <summary>The same choice where others are possible too.</summary>
    public ArrayChoice Among(ImmutableArray<(int Number, Operand Array)> others) =>
        this with { Roots = Roots.Concat(others.Where(o => !Has(o.Number))).OrderBy(r => r.Number).ToImmutableArray() };

    /// <summary>Nothing of the first of them: what a variable holds that is not assigned yet, and so not read.</summary>
    public ArrayChoice Empty()
    {
        var zero = new IntegerConstant(ScalarType.Int32, 0);
        return this with { Which = zero with { Number = Roots[0].Number }, Start = zero, Count = zero };
    }

    public bool Has(int number) => Roots.Any(r => r.Number == number);
}
