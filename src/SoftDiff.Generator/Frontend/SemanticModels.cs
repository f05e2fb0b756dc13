using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>The semantic models of a compilation, one for each tree.</summary>
internal static class SemanticModels
{
    /// <summary>The operation of an expression; a parenthesized one has none of its own.</summary>
    public static IOperation? Operation(SemanticModel model, ExpressionSyntax expression, CancellationToken cancellation)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized) expression = parenthesized.Expression;
        return model.GetOperation(expression, cancellation);
    }

    public static SemanticModel Of(Compilation compilation, SyntaxTree tree) =>
        CompilationCache.Of(compilation).Models.GetOrAdd(tree, t => compilation.GetSemanticModel(t));
}
