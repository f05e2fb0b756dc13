namespace SoftDiff.Generator.Frontend;

/// <summary>A type with named members, each a scalar or a product again.</summary>
internal sealed record ProductType(ImmutableArray<(string Name, IrType Type)> Members) : IrType
{
    /// <summary>The scalars it consists of, in order. In a signature of the IR each of them is a parameter or result of its own.</summary>
    public IEnumerable<IrType> Leaves => Members.SelectMany(member => member.Type is ProductType inner ? inner.Leaves : new[] { member.Type });

    public int Position(string name) => Members.Select(member => member.Name).ToList().IndexOf(name);

    /// <summary>A value of the type from its scalars.</summary>
    public Product Build(Queue<Operand> leaves) => new(this, Members.Select(member =>
        member.Type is ProductType inner ? inner.Build(leaves) : leaves.Dequeue()).ToImmutableArray());

    public bool Equals(ProductType? other) => other is not null && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => Members.Length;
}

/// <summary>A value of a product type: several values under one name.</summary>
internal sealed record Product(ProductType Of, ImmutableArray<Operand> Members) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts => Members;

    public override Composite With(ImmutableArray<Operand> parts) => this with { Members = parts };

    public Operand this[string name] => Members[Of.Position(name)];

    /// <summary>The product with another value for one member.</summary>
    public Product Set(string name, Operand value) => this with { Members = Members.SetItem(Of.Position(name), value) };

    /// <summary>The scalars of an operand, or its array or matrix.</summary>
    public static IEnumerable<Operand> Flat(Operand operand) => operand is Product product ? product.Members.SelectMany(Flat) : new[] { operand };

    /// <summary>What is passed to a function of the IR for an operand: its scalars, its array, or the parts of its matrix.</summary>
    public static IEnumerable<Operand> Passed(Operand operand) => Flat(operand).SelectMany(part => part is Matrix matrix ? matrix.Parts : new[] { part }.ToImmutableArray());
}
