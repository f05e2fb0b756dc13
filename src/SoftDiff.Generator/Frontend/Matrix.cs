namespace SoftDiff.Generator.Frontend;

/// <summary>A rectangular array in the frontend: <c>T[,]</c> or <c>T[,,]</c>.</summary>
internal sealed record MatrixType(ScalarType Element, int Rank) : PartedType(Element)
{
    public override PartedArray Unassigned => new Matrix(
        this, Operand.Zero(new ArrayType(Element, ArrayForm.Span)), Enumerable.Repeat((Operand)Constants.Int(0), Rank).ToImmutableArray());
}

/// <summary>A value of such a type: its elements in row-major order, and its length along each axis.</summary>
internal sealed record Matrix(MatrixType Of, Operand Elements, ImmutableArray<Operand> Lengths) : PartedArray(Of, Elements)
{
    public override ImmutableArray<Operand> Parts => Lengths.Insert(0, Elements);

    public override Composite With(ImmutableArray<Operand> parts) => this with { Elements = parts[0], Lengths = parts.RemoveAt(0) };

    public override string NameOf(int part, string variable) =>
        part == 0 || variable.Length == 0 ? variable : variable + "Length" + (part - 1);
}
