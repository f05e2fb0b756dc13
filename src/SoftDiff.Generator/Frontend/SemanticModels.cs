using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// One semantic model per tree of a compilation. A model remembers what it has bound, so a helper that many methods call is bound once; the table
/// holds compilations weakly and dies with them.
/// </summary>
internal static class SemanticModels
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, SemanticModel>> Models = new();

    /// <summary>The operation of an expression; a parenthesized one has none of its own.</summary>
    public static IOperation? Operation(SemanticModel model, ExpressionSyntax expression, CancellationToken cancellation)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized) expression = parenthesized.Expression;
        return model.GetOperation(expression, cancellation);
    }

    public static SemanticModel Of(Compilation compilation, SyntaxTree tree) =>
        Models.GetOrCreateValue(compilation).GetOrAdd(tree, t => compilation.GetSemanticModel(t));
}
