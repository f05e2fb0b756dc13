namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>How a type with numbers inside is declared.</summary>
internal enum CompositeForm
{
    Struct,
    ReadonlyStruct,
    RecordStruct,
    ReadonlyRecordStruct,
    Class,
}

/// <summary>A field or a positional property: a number, or a value of another type that the program declares.</summary>
internal sealed record Member(string Name, Composite? Type);

/// <summary>
/// A value type that the program declares. Each has a constructor of all members, <c>Size</c>, <c>Along(t)</c>, <c>Moved(t)</c>, <c>+</c>,
/// <c>*</c> by a number, and <c>Deconstruct</c>; those that can be changed have <c>Push(t)</c>.
/// </summary>
internal sealed record Composite(string Name, CompositeForm Form, IReadOnlyList<Member> Members)
{
    public bool IsMutable => Form is CompositeForm.Struct or CompositeForm.RecordStruct or CompositeForm.Class;

    /// <summary>Whether members are variables, which may be passed by reference.</summary>
    public bool HasFields => Form is CompositeForm.Struct or CompositeForm.Class;

    public bool IsRecord => Form is CompositeForm.RecordStruct or CompositeForm.ReadonlyRecordStruct;

    /// <summary>Whether all members are numbers.</summary>
    public bool IsFlat => Members.All(member => member.Type is null);

    /// <summary>The numbers of a value, by their paths.</summary>
    /// <param name="isVariable">Whether the value may be changed where it stands.</param>
    public IEnumerable<Scalar> Leaves(string value, bool isVariable)
    {
        foreach (Member member in Members)
        {
            string path = $"{value}.{member.Name}";
            if (member.Type is null) yield return new Scalar(path, isVariable && IsMutable) { IsVariable = isVariable && HasFields };
            else foreach (Scalar leaf in member.Type.Leaves(path, isVariable && HasFields)) yield return leaf;
        }
    }

    /// <summary>A value of numbers that <paramref name="number"/> gives, one after the other.</summary>
    public string Made(Func<string> number) =>
        $"new {Name}({string.Join(", ", Members.Select(member => member.Type?.Made(number) ?? number()))})";
}

/// <summary>A variable of a composite type.</summary>
internal sealed record Value(string Name, Composite Type, bool IsAssignable);

/// <summary>An array or a span of composites.</summary>
internal sealed record ValueBuffer(string Name, Composite Type, Length Length, bool IsWritable, bool IsArray);
