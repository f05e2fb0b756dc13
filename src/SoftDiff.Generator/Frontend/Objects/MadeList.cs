using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>A list of numbers that a method makes and keeps to itself: an array with room for all that is ever added, and how many it has now.</summary>
/// <param name="Of">Its type.</param>
/// <param name="Numbers">The array.</param>
/// <param name="Count">The variable that holds the number of elements.</param>
internal sealed record MadeList(INamedTypeSymbol Of, Value Numbers, Cell Count) : KeptObject(Of)
{
    /// <summary>Whether objects of the type can be such lists.</summary>
    public static bool IsList(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "List", Arity: 1 } list && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
        && list.TypeArguments[0].SpecialType is SpecialType.System_Double or SpecialType.System_Single;
}
