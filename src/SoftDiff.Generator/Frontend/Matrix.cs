namespace SoftDiff.Generator.Frontend;

/// <summary>A rectangular array in the frontend: <c>T[,]</c> or <c>T[,,]</c>.</summary>
internal sealed record MatrixType(ScalarType Element, int Rank) : IrType
{
    /// <summary>What a variable holds before its first assignment.</summary>
    public Matrix Unassigned => new(
        this, Operand.Zero(new ArrayType(Element, ArrayForm.Span)), Enumerable.Repeat((Operand)Constants.Int(0), Rank).ToImmutableArray());
}

/// <summary>
/// A value of such a type: its elements in row-major order, and its length along each axis. Two names for one matrix have the same elements.
/// </summary>
internal sealed record Matrix(MatrixType Of, Operand Elements, ImmutableArray<Operand> Lengths) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts => Lengths.Insert(0, Elements);

    public override Composite With(ImmutableArray<Operand> parts) => this with { Elements = parts[0], Lengths = parts.RemoveAt(0) };

    /// <summary>The name of one of the parts of a variable's matrix: the elements have the variable's.</summary>
    public static string NameOf(int part, string variable) => part == 0 || variable.Length == 0 ? variable : variable + "Length" + (part - 1);
}
