namespace SoftDiff.Generator.Frontend;

/// <summary>The type of arrays that are several values in the frontend.</summary>
internal abstract record PartedType(ScalarType Element) : IrType
{
    /// <summary>What a variable holds before its first assignment.</summary>
    public abstract PartedArray Unassigned { get; }
}

/// <summary>
/// An array that is several values: the span of its elements, and what says where they are. A variable that holds one has a part for each of
/// them. Two names for one array have the same elements.
/// </summary>
internal abstract record PartedArray(IrType Type, Operand Elements) : Composite(Type)
{
    /// <summary>The name of one of the parts, if a variable of that name holds the array: the elements have the variable's.</summary>
    public abstract string NameOf(int part, string variable);

    /// <summary>The array itself, or the span of the elements of one in parts.</summary>
    public static Operand Storage(Operand array) => array is PartedArray parted ? parted.Elements : array;
}
