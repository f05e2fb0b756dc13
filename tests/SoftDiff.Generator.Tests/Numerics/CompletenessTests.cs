using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>Every public member of the types of System.Numerics is supported, or is refused for a written reason.</summary>
public class CompletenessTests
{
    [Fact]
    public void EveryMemberHasAFormulaOrAReason()
    {
        var compilation = GeneratorHarness.Compile(CompilationSettings.Default, "");
        var missing = NumericMembers.Types.SelectMany(type => compilation.GetTypeByMetadataName(type.FullName!)!.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && !IsKnown(method, compilation))
            .Select(method => method.ToDisplayString());
        Assert.Empty(missing);
    }

    private static bool IsKnown(IMethodSymbol method, Compilation compilation) =>
        Formulas.Of(method, compilation) is not null || RefusedMembers.Advice(method) is not null || IsProductsOwn(method);

    /// <summary>What every product has: its numbers, equality, and the constructor without parameters.</summary>
    private static bool IsProductsOwn(IMethodSymbol method) =>
        (method.AssociatedSymbol is IPropertySymbol property && NumericTypes.ComplexParts.Contains(property.Name))
        || (method.MethodKind == MethodKind.Constructor && method.Parameters.IsEmpty) || (method.Name == "Equals" && method.Parameters.Length == 1);
}
