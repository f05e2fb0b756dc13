namespace SoftDiff.Generator.IR;

/// <summary>How C# makes a value of a product type from its members.</summary>
internal enum ProductForm
{
    /// <summary><c>(a, b)</c>.</summary>
    Tuple,

    /// <summary><c>new S(a, b)</c>: a constructor that only assigns its parameters to the members, such as that of a positional record.</summary>
    Positional,

    /// <summary><c>new S { A = a, B = b }</c>.</summary>
    Initializer,

    /// <summary><c>default(S) with { A = a, B = b }</c>: the type has a parameterless constructor of its own, which must not run.</summary>
    With,

    /// <summary>A value that may be null: whether there is one, and the value.</summary>
    Optional,

    /// <summary>An inline array: its members are its elements, and their names are the indices.</summary>
    InlineArray,

    /// <summary>An object of a class: a parameter tree. It is never put together; its members are read and assigned one by one.</summary>
    Object,

    /// <summary>
    /// A struct with arrays or objects of numbers among its members: a parameter tree too. It is a variable of the caller's, so its members are read and
    /// assigned one by one.
    /// </summary>
    Struct,

    /// <summary>
    /// The objects of a class in an array or a list, as a member of a parameter tree. Its members are those of the class, each with one element or
    /// row for each object (see <see cref="ListedObjects"/>).
    /// </summary>
    List,
}

/// <summary>
/// A value type of C# with named members, each a scalar or a product again. The values of a function are its scalars. A class whose numbers are
/// differentiated is such a type too; its members may also be arrays and objects.
/// </summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Form">How C# makes a value of it.</param>
/// <param name="Members">The members in order of declaration.</param>
internal sealed record ProductType(string Name, ProductForm Form, ImmutableArray<ProductMember> Members) : IrType
{
    /// <summary>The scalars it consists of, in order. In a signature of the IR each of them is a parameter or result of its own.</summary>
    public IEnumerable<IrType> Leaves => Members.SelectMany(member => member.Type is ProductType inner ? inner.Leaves : new[] { member.Type });

    /// <summary>The number of scalars of a value.</summary>
    public static int Count(IrType type) => type is ProductType product ? product.Members.Sum(member => Count(member.Type)) : 1;

    /// <summary>Whether only code in the types around it may name it, or a type of a member of an object.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether it is a class.</summary>
    public bool IsObject => Form == ProductForm.Object;

    /// <summary>Whether it is a parameter tree: a class, or a struct with arrays.</summary>
    public bool IsTree => Form is ProductForm.Object or ProductForm.Struct;

    /// <summary>Whether it is the framework's complex number. There is no reference to its parts, but they are two numbers in memory.</summary>
    public bool IsComplex => Form == ProductForm.Positional && Name == "global::System.Numerics.Complex";

    /// <summary>Whether it stands for the objects in an array or a list.</summary>
    public bool IsList => Form == ProductForm.List;

    /// <summary>The class of the objects in a list, with its own members; null for other types.</summary>
    public ProductType? Element { get; init; }

    /// <summary>Whether a part of it may be null. Its derivatives are null in the same places.</summary>
    public bool HasOptional => Form == ProductForm.Optional || Members.Any(member => member.Type is ProductType { HasOptional: true });

    /// <summary>Whether a number of an object cannot be assigned, so that its gradient is a new object.</summary>
    public bool IsRemade => IsList ? Element!.IsRemade : IsObject && Members.Any(member => member.Type is ProductType { IsObject: true } or ProductType { IsList: true }
        ? ((ProductType)member.Type).IsRemade
        : member.IsReadOnly && (member.Type.IsFloat || (member.Type is ProductType value && value.Leaves.Any(leaf => leaf.IsFloat))));

    /// <summary>
    /// How the gradient of a parameter tree is passed: an object is the caller's or a new one. A struct is a variable of the caller's if it holds memory for
    /// numbers, and a new value if it does not.
    /// </summary>
    public ParameterMode GradientPassedAs => IsObject
        ? IsRemade ? ParameterMode.Out : ParameterMode.Value
        : HoldsMemory ? ParameterMode.Ref : ParameterMode.Out;

    private bool HoldsMemory => IsObject || IsList || Members.Any(member => member.Type.IsFloatArray || member.Type is ProductType { HoldsMemory: true });

    /// <summary>Whether a scalar says whether there is a value.</summary>
    public bool SaysWhetherNull(int leaf)
    {
        var (path, type) = (Paths.ElementAt(leaf), this);
        foreach (var member in path)
        {
            if (type.Form == ProductForm.Optional && member == type.Members[0]) return true;
            if (member.Type is ProductType inner) type = inner;
        }

        return false;
    }

    /// <summary>How C# reads a member of an expression. Reading what may be null must not throw.</summary>
    public string Reading(ProductMember member) =>
        Form == ProductForm.InlineArray ? "[" + member.Name + "]"
        : Form == ProductForm.Optional && member == Members[1] ? ".GetValueOrDefault()" : "." + Identifiers.Escape(member.Name);

    public int Position(string name) => Members.Select(member => member.Name).ToList().IndexOf(name);

    /// <summary>For each scalar, the members that lead to it.</summary>
    public IEnumerable<ImmutableArray<ProductMember>> Paths => Members.SelectMany(member => member.Type is ProductType inner
        ? inner.Paths.Select(path => path.Insert(0, member))
        : new[] { ImmutableArray.Create(member) });

    /// <summary>A name for each scalar of a value with the given name: <c>q</c> has <c>qX</c> and <c>qY</c>.</summary>
    public IEnumerable<string> LeafNames(string name) => Paths.Select(path => name + string.Concat(path.Select(member => member.Capitalised)));

    public bool Equals(ProductType? other) => other is not null && (Name, Form, IsPrivate) == (other.Name, other.Form, other.IsPrivate) && Members.SequenceEqual(other.Members);

    public override int GetHashCode() => Members.Length;
}

/// <summary>A member of a product.</summary>
/// <param name="Name">The name of the field or automatic property.</param>
/// <param name="Type">A scalar or a product.</param>
internal sealed record ProductMember(string Name, IrType Type)
{
    /// <summary>The name of the field that holds the member; null in a tuple.</summary>
    public string? Field { get; init; }

    /// <summary>Whether generated code cannot read the member by its name.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether generated code cannot assign the member by its name in an initializer.</summary>
    public bool IsFixed { get; init; }

    /// <summary>The class that declares the field of an object; null for the class of the object itself.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether C# lets nobody assign the member of a finished object.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>What it is of a list of objects, if it is a member of one.</summary>
    public ListRole Role { get; init; }

    /// <summary>The axis whose lengths it has, if it has lengths.</summary>
    public int Axis { get; init; }

    /// <summary>Whether its type says that it may be null.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>The name as a part of another: <c>_x</c> is <c>X</c>.</summary>
    public string Capitalised
    {
        get
        {
            var name = Name.Trim('_');
            return name.Length == 0 ? "_" : char.ToUpperInvariant(name[0]) + name.Substring(1);
        }
    }
}

/// <summary>
/// Says of a function's parameter that it is one scalar of a C# parameter of a value type, or of the value that the C# method returns. The
/// scalars of one value stand side by side. The emitter alone puts them together.
/// </summary>
/// <param name="Whole">The name of the C# parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="Leaf">The number of the scalar among the type's.</param>
/// <param name="IsReturned">Whether the whole is what the method returns.</param>
internal sealed record ParameterPart(string Whole, ProductType Type, int Leaf, bool IsReturned = false)
{
    /// <summary>Whether the whole is the receiver of the C# method.</summary>
    public bool IsReceiver { get; init; }

    /// <summary>The expression for the object whose gradient the whole is; null if it is no gradient of an object.</summary>
    public string? GradientOf { get; init; }

    /// <summary>The value whose derivative the whole is, if a part of it may be null.</summary>
    public ParameterPart? Primal { get; init; }

    /// <summary>Whether the whole is an object that gives tangents.</summary>
    public bool IsTangent { get; init; }

    /// <summary>The scalar as messages name it: <c>m.Encoder.W</c>, or <c>m.Layers[].W</c> for all objects of a list.</summary>
    public string Path => Whole + string.Concat(Members.Select(member => "." + member.Name + (member.Type is ProductType { IsList: true } ? "[]" : "")));

    /// <summary>The members that lead to the scalar.</summary>
    public ImmutableArray<ProductMember> Members => Type.Paths.ElementAt(Leaf);

    /// <summary>Whether it is a member of the objects in a list, and not the list itself.</summary>
    public bool IsListed => Members is var members && members.Any(member => member.Type is ProductType { IsList: true }) && members.Last().Role != ListRole.Items;

    public bool IsSameWhole(ParameterPart other) => (Whole, IsReturned, IsReceiver) == (other.Whole, other.IsReturned, other.IsReceiver);
}
