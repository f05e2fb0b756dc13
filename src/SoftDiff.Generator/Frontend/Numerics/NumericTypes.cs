using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Numerics;

/// <summary>The value types of numbers in System.Numerics. They are products of their numbers like a user's structs.</summary>
internal static class NumericTypes
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Vector2", "Vector3", "Vector4", "Quaternion", "Plane", "Matrix3x2", "Matrix4x4", "Complex",
    };

    /// <summary>Whether the type is one of them: the framework's, or the one that holds its formulas.</summary>
    public static bool Is(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct, Arity: 0, ContainingType: null } named && Names.Contains(named.Name) && IsFrameworks(named);

    /// <summary>Whether the members of the type have formulas: also the class whose methods turn these types into each other.</summary>
    public static bool HasFormulas(INamedTypeSymbol? type) =>
        Is(type) || (type is { Name: "Vector", Arity: 0, IsStatic: true, ContainingType: null } && IsFrameworks(type));

    /// <summary>Whether the type keeps its numbers private, so that its properties are what generated code reads.</summary>
    public static bool IsComplex(ITypeSymbol type) => type.Name == "Complex" && Is(type);

    /// <summary>The properties that are the numbers of a complex number.</summary>
    public static ImmutableArray<string> ComplexParts { get; } = ImmutableArray.Create("Real", "Imaginary");

    private static bool IsFrameworks(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Numerics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        && (type.DeclaringSyntaxReferences.IsEmpty || FormulaTexts.Contain(type.DeclaringSyntaxReferences[0].SyntaxTree));
}
