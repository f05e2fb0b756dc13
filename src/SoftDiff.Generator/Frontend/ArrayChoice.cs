namespace SoftDiff.Generator.Frontend;

/// <summary>A part of one of several arrays: the number of the array in the function, the start, and the number of elements.</summary>
internal sealed record ArrayChoice(ArrayType Of, ImmutableArray<(int Number, Operand Array)> Roots, Operand Which, Operand Start, Operand Count) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts =>
        Roots.Length == 1 ? ImmutableArray.Create(Start, Count) : ImmutableArray.Create(Which, Start, Count);

    public override Composite With(ImmutableArray<Operand> parts) =>
        Roots.Length == 1 ? this with { Start = parts[0], Count = parts[1] } : this with { Which = parts[0], Start = parts[1], Count = parts[2] };

    /// <summary>The same choice with further possible arrays.</summary>
    public ArrayChoice Among(ImmutableArray<(int Number, Operand Array)> others) =>
        this with { Roots = Roots.Concat(others.Where(o => !Has(o.Number))).OrderBy(r => r.Number).ToImmutableArray() };

    /// <summary>An empty part of the first array. It stands for a variable that is not assigned yet and so not read.</summary>
    public ArrayChoice Empty()
    {
        var zero = new IntegerConstant(ScalarType.Int32, 0);
        return this with { Which = zero with { Number = Roots[0].Number }, Start = zero, Count = zero };
    }

    public bool Has(int number) => Roots.Any(r => r.Number == number);
}
