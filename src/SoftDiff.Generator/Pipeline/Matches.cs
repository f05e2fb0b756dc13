using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Which of the matches of a method emits it. A method is matched once per marker and per partial declaration, and code being typed may
/// declare one method twice; a second file of the same name would cost the generator all its output.
/// </summary>
internal static class Matches
{
    public static bool Emits(GeneratorAttributeSyntaxContext context)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        return !IsRepeated(method.PartialDefinitionPart ?? method)
            && MarkerAttributes.Of(method).FirstOrDefault() is { ApplicationSyntaxReference: { } reference } marker
            && context.Attributes.Contains(marker)
            && context.TargetNode.SyntaxTree == reference.SyntaxTree
            && context.TargetNode.Span.Contains(reference.Span);
    }

    /// <summary>Whether an earlier member has the same signature, or an earlier type the same name.</summary>
    private static bool IsRepeated(IMethodSymbol method)
    {
        var id = method.GetDocumentationCommentId();
        if (!IsFirst(method, method.ContainingType.GetMembers(method.Name).Where(member => member.GetDocumentationCommentId() == id))) return true;

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            var container = (INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace;
            if (!IsFirst(type, container.GetTypeMembers(type.Name, type.Arity))) return true;
        }

        return false;
    }

    private static bool IsFirst(ISymbol symbol, IEnumerable<ISymbol> alike) =>
        SymbolEqualityComparer.Default.Equals(alike.FirstOrDefault(), symbol);
}
