using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The attributes that ask for companions.</summary>
internal static class MarkerAttributes
{
    /// <summary>In order of precedence, if a method carries several.</summary>
    public static readonly ImmutableArray<string> MetadataNames = ImmutableArray.Create(
        "SoftDiff.DifferentiableAttribute",
        "SoftDiff.CustomVjpAttribute",
        "SoftDiff.CustomJvpAttribute");

    /// <summary>The markers of a method, in order of precedence.</summary>
    public static IEnumerable<AttributeData> Of(IMethodSymbol method) =>
        method.GetAttributes().Where(attribute => Rank(attribute) >= 0).OrderBy(Rank);

    /// <summary>Whether the generator wrote a member, in this compilation.</summary>
    public static bool IsGenerated(ISymbol member) => member.DeclaringSyntaxReferences.Length > 0 && member.GetAttributes().Any(a =>
        a.AttributeClass?.Name == "GeneratedCodeAttribute" && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is "SoftDiff.Generator");

    private static int Rank(AttributeData attribute) => MetadataNames.IndexOf(attribute.AttributeClass?.ToDisplayString() ?? "");
}
