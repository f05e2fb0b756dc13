using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.CodeFixes;

/// <summary>Makes types partial.</summary>
internal static class PartialTypes
{
    /// <summary>
    /// The insertions that make every type around the nodes partial. They are text, so that nothing else of a declaration moves.
    /// </summary>
    public static ImmutableArray<TextChange> Around(IEnumerable<SyntaxNode> nodes) =>
    [
        .. nodes.SelectMany(node => node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
            .Distinct()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .OrderBy(type => type.SpanStart)
            // The modifier must be the last one before the keyword.
            .Select(type => new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial ")),
    ];
}
