using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>A non-public type, with the facts that its twin for dual numbers needs.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsDual">Whether it was written by hand for dual numbers, and so needs no twin.</param>
/// <param name="Usings">The using directives of its file.</param>
/// <param name="Text">The twin.</param>
/// <param name="Identifiers">The identifiers in it, among them the names of types.</param>
internal sealed record TypeSpec(string Name, bool IsDual, EquatableArray<string> Usings, string Text, EquatableArray<string> Identifiers)
{
    public const string Space = "SoftDiff", DualSpace = "SoftDiff.SecondOrder";

    public static bool IsCandidate(SyntaxNode node) =>
        node is BaseTypeDeclarationSyntax { Parent: FileScopedNamespaceDeclarationSyntax space } type
        && space.Name.ToString() is Space or DualSpace
        && type.Modifiers.Any(m => m.ValueText == "internal");

    public static TypeSpec Read(BaseTypeDeclarationSyntax type)
    {
        var usings = type.SyntaxTree.GetCompilationUnitRoot().Usings.Select(u => u.WithoutTrivia().ToString());
        var isDual = ((FileScopedNamespaceDeclarationSyntax)type.Parent!).Name.ToString() == DualSpace;
        if (isDual) return new TypeSpec(type.Identifier.Text, isDual, new([]), "", new([]));

        var twin = DualRewriter.Of(type);
        return new TypeSpec(type.Identifier.Text, isDual, new(usings), twin.ToFullString().Trim(), new(IdentifiersOf(twin)));
    }

    public static IEnumerable<string> IdentifiersOf(SyntaxNode node) =>
        node.DescendantNodes().OfType<SimpleNameSyntax>().Select(n => n.Identifier.Text).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal);
}
