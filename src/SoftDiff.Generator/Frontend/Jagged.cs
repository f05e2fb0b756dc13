namespace SoftDiff.Generator.Frontend;

/// <summary>An array of arrays in the frontend: <c>T[][]</c>.</summary>
internal sealed record JaggedType(ScalarType Element) : PartedType(Element)
{
    public override PartedArray Unassigned => new Jagged(
        this, Operand.Zero(new ArrayType(Element, ArrayForm.Span)), Operand.Zero(Places), Operand.Zero(Places));

    /// <summary>The type of the spans that say where rows start and end.</summary>
    public static ArrayType Places => new(ScalarType.Int32, ArrayForm.Span);
}

/// <summary>
/// A value of such a type: the elements of all rows, and for each row the place where it starts among them and the place after its last
/// element. To exchange two rows is to exchange their places.
/// </summary>
internal sealed record Jagged(JaggedType Of, Operand Elements, Operand Starts, Operand Ends) : PartedArray(Of, Elements)
{
    public override ImmutableArray<Operand> Parts => ImmutableArray.Create(Elements, Starts, Ends);

    public override Composite With(ImmutableArray<Operand> parts) => this with { Elements = parts[0], Starts = parts[1], Ends = parts[2] };

    public override string NameOf(int part, string variable) =>
        part == 0 || variable.Length == 0 ? variable : variable + (part == 1 ? "Starts" : "Ends");
}
