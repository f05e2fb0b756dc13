namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The contents of a variable that is no single value of the IR. Branches merge its parts and loops carry them; no composite leaves the
/// frontend.
/// </summary>
internal abstract record Composite(IrType Type) : FrontendValue(Type)
{
    public abstract ImmutableArray<Operand> Parts { get; }

    public abstract Composite With(ImmutableArray<Operand> parts);

    /// <summary>The scalars an operand consists of.</summary>
    public static IEnumerable<Operand> Leaves(Operand operand) => operand is Composite composite ? composite.Parts.SelectMany(Leaves) : new[] { operand };

    /// <summary>An operand of the same shape with each scalar replaced.</summary>
    public static Operand Map(Operand shape, Func<Operand, Operand> leaf) =>
        shape is Composite composite ? composite.With(composite.Parts.Select(part => Map(part, leaf)).ToImmutableArray()) : leaf(shape);
}
