using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Types in messages, as C# spells them. The format of the compiler's own messages writes <c>double[*,*]</c>.</summary>
internal static class TypeSpelling
{
    private static readonly SymbolDisplayFormat Format =
        SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseAsterisksInMultiDimensionalArrays);

    public static string Spelled(this ITypeSymbol type) => type.ToDisplayString(Format);
}
