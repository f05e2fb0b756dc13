using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Finds types that a compilation declares.</summary>
internal static class VisibleTypes
{
    /// <summary>The classes of the compilation that are of a type and can have objects, in the order of their names.</summary>
    public static ImmutableArray<INamedTypeSymbol> Concrete(Compilation compilation, INamedTypeSymbol type) =>
        Types(compilation.Assembly.GlobalNamespace)
            .Where(candidate => candidate is { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false, IsGenericType: false })
            .Where(candidate => compilation.ClassifyCommonConversion(candidate, type) is { IsImplicit: true, IsReference: true } or { IsIdentity: true })
            .OrderBy(candidate => candidate.ToDisplayString(), StringComparer.Ordinal).ToImmutableArray();

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
