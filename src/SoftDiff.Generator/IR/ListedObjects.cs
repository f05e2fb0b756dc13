namespace SoftDiff.Generator.IR;

/// <summary>What a member is of a list of objects.</summary>
internal enum ListRole
{
    /// <summary>It is a member of the objects themselves, or of no list.</summary>
    Member,

    /// <summary>The array or the list that holds the objects.</summary>
    Items,

    /// <summary>For each object, the length of a matrix along an axis.</summary>
    Lengths,
}

/// <summary>
/// Makes the members of a list of objects of those of their class: a number becomes an array with one element for each object, an array becomes an
/// array of arrays, and a matrix too, with the lengths beside it. All else is asked of the objects themselves.
/// </summary>
internal static class ListedObjects
{
    /// <summary>The list.</summary>
    /// <param name="element">The class of the objects.</param>
    /// <param name="collection">The C# type of the array or list.</param>
    public static ProductType Of(ProductType element, string collection) => element with
    {
        Form = ProductForm.List,
        Element = element,
        Members = Members(element).Insert(0, new ProductMember("Items", new ScalarType(ScalarKind.Opaque, collection)) { Role = ListRole.Items }),
    };

    /// <summary>Whether C# holds the objects in an array, not in a list.</summary>
    public static bool IsArray(ProductType list) => Collection(list).EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The C# type of the array or list.</summary>
    public static string Collection(ProductType list) => ((ScalarType)list.Members[0].Type).Name;

    /// <summary>The start of a C# call that makes an array or a list of what a function gives for each object.</summary>
    public static string Convert(ProductType list, string objects) =>
        IsArray(list) ? "global::System.Array.ConvertAll(" + objects + ", " : objects + ".ConvertAll(";

    /// <summary>The number of objects as C# asks for it.</summary>
    public static string Count(ProductType list, string objects) => objects + (IsArray(list) ? ".Length" : ".Count");

    private static ImmutableArray<ProductMember> Members(ProductType of) => of.Members.SelectMany(Listed).ToImmutableArray();

    private static IEnumerable<ProductMember> Listed(ProductMember member)
    {
        switch (member.Type)
        {
            case ProductType inner when Members(inner) is { Length: > 0 } members:
                yield return member with { Type = inner with { Members = members } };
                break;
            case ScalarType { IsFloat: true } number:
                yield return member with { Type = new ArrayType(number, ArrayForm.Array) };
                break;
            case ArrayType { Element.IsFloat: true } array:
                yield return member with { Type = new ArrayType(array.Element, ArrayForm.Listed) };
                for (var axis = 0; axis < array.Rank && array.IsMatrix; axis++)
                {
                    var lengths = new ArrayType(ScalarType.Int32, ArrayForm.Array);
                    yield return member with { Name = member.Name + "Length" + axis, Type = lengths, Role = ListRole.Lengths, Axis = axis };
                }

                break;
        }
    }
}
