namespace SoftDiff.Generator.Frontend;

/// <summary>A value of a product type: several values under one name.</summary>
internal sealed record Product(ProductType Of, ImmutableArray<Operand> Members) : Composite(Of)
{
    public override ImmutableArray<Operand> Parts => Members;

    public override Composite With(ImmutableArray<Operand> parts) => this with { Members = parts };

    public Operand this[string name] => Members[Of.Position(name)];

    /// <summary>The product with another value for one member.</summary>
    public Product Set(string name, Operand value) => this with { Members = Members.SetItem(Of.Position(name), value) };

    /// <summary>A value of the type from its scalars.</summary>
    public static Product Build(ProductType type, Queue<Operand> leaves) => new(type, type.Members.Select(member =>
        member.Type is ProductType inner ? Build(inner, leaves) : leaves.Dequeue()).ToImmutableArray());

    /// <summary>The name of a member of a value that the user has named; empty for a value without name, and in tuples.</summary>
    public string NameOf(int member, string whole) => whole.Length == 0 || Of.Form == ProductForm.Tuple ? "" : whole + Of.Members[member].Capitalised;

    /// <summary>A name for each scalar of a variable's value.</summary>
    public static IEnumerable<string> Names(Operand operand, string name) =>
        operand is Product product ? product.Members.SelectMany((member, i) => Names(member, product.NameOf(i, name)))
        : operand is Composite composite ? Leaves(composite).Select(_ => "")
        : new[] { name };

    /// <summary>The scalars of an operand, its array, or the parts of that: what is passed to a function of the IR.</summary>
    public static IEnumerable<Operand> Flat(Operand operand) => operand switch
    {
        Product product => product.Members.SelectMany(Flat),
        StructArray structs => new[] { structs.Numbers },
        PartedArray array => array.Parts,
        _ => new[] { operand },
    };
}
