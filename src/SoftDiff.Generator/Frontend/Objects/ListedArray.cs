using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Objects;

/// <summary>An array under an interface of lists: what an <c>IReadOnlyList&lt;double&gt;</c> or an <c>IList&lt;double&gt;</c> is, if it gets an array.</summary>
/// <param name="Of">The interface.</param>
/// <param name="Array">The variable that holds the array.</param>
internal sealed record ListedArray(INamedTypeSymbol Of, Cell Array) : KeptObject(Of)
{
    /// <summary>Whether an array may have the type, which says how to count and to index.</summary>
    public static bool IsInterface(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface, Arity: 1, Name: "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" } list
        && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
