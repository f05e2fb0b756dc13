using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Compares the declaration of a batch with the method that runs for each example.</summary>
internal static class BatchedTargets
{
    /// <summary>Whether the declared parameters are the number of examples, then the target's with a part for each example, then the values.</summary>
    public static bool Fits(IMethodSymbol declared, IMethodSymbol target)
    {
        var added = target.ReturnsVoid ? 1 : 2;
        return declared.Parameters.Length == target.Parameters.Length + added
            && declared.Parameters[0].Type.SpecialType == SpecialType.System_Int32
            && target.Parameters.All(parameter => Fits(declared.Parameters[parameter.Ordinal + 1], parameter));
    }

    /// <summary>The types of which those of the declaration are made, by those of the target.</summary>
    public static IEnumerable<(ITypeSymbol Expected, ITypeSymbol Given)> Types(IMethodSymbol declared, IMethodSymbol target)
    {
        foreach (var (parameter, given) in target.Parameters.Zip(declared.Parameters.Skip(1), (parameter, given) => (parameter, given)))
        {
            if (TransformationAttributes.IsShared(given) || parameter.Type.IsRefLikeType) yield return (parameter.Type, given.Type);
            else if (given.Type is INamedTypeSymbol { Arity: 1 } span) yield return (Element(parameter.Type), span.TypeArguments[0]);
        }
    }

    private static bool Fits(IParameterSymbol given, IParameterSymbol example)
    {
        if (TransformationAttributes.IsShared(given)) return given.RefKind == example.RefKind && AreEqual(given.Type, example.Type);
        if (given.RefKind != RefKind.None) return false;
        if (example.Type.IsRefLikeType) return AreEqual(given.Type, example.Type);
        return given.Type is INamedTypeSymbol { Arity: 1, Name: "Span" or "ReadOnlySpan" } span && AreEqual(span.TypeArguments[0], Element(example.Type));
    }

    private static ITypeSymbol Element(ITypeSymbol example) => example is IArrayTypeSymbol array ? array.ElementType : example;

    private static bool AreEqual(ITypeSymbol a, ITypeSymbol b) => SymbolEqualityComparer.Default.Equals(a, b);
}
