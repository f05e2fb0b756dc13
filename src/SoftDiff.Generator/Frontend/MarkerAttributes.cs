using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Implicit;

namespace SoftDiff.Generator.Frontend;

/// <summary>The attributes that ask for companions or for the body of a declared transformation.</summary>
internal static class MarkerAttributes
{
    /// <summary>In order of precedence, if a method carries several.</summary>
    public static readonly ImmutableArray<string> MetadataNames = ImmutableArray.Create(
        "SoftDiff.DifferentiableAttribute",
        "SoftDiff.CustomVjpAttribute",
        "SoftDiff.CustomJvpAttribute",
        ImplicitAttribute.MetadataName).AddRange(TransformationAttributes.MetadataNames);

    /// <summary>The markers of a method, in order of precedence.</summary>
    public static IEnumerable<AttributeData> Of(IMethodSymbol method) =>
        method.GetAttributes().Where(attribute => Rank(attribute) >= 0).OrderBy(Rank);

    /// <summary>Whether the generator wrote a member, in this compilation. Of a declared transformation it wrote the body alone.</summary>
    public static bool IsGenerated(ISymbol member) => !(member is IMethodSymbol method && TransformationAttributes.IsMarked(method)) && member.DeclaringSyntaxReferences.Length > 0 && member.GetAttributes().Any(a =>
        a.AttributeClass?.Name == "GeneratedCodeAttribute" && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is "SoftDiff.Generator");

    private static int Rank(AttributeData attribute) => MetadataNames.IndexOf(attribute.AttributeClass?.ToDisplayString() ?? "");
}
