using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend.Numerics;

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

    /// <summary>
    /// The model of a tree. It leaves out the analysis of nullable references: lowering does not ask what it finds, and in a long method it takes
    /// more time than all else that the compiler does.
    /// </summary>
    public static SemanticModel Of(Compilation compilation, SyntaxTree tree) =>
#pragma warning disable RSEXPERIMENTAL001 // The option is for tools like this one; without it the same model would only be slower.
        CompilationCache.Of(compilation).Models.GetOrAdd(tree, t => Formulas.Owner(t, compilation).GetSemanticModel(t, SemanticModelOptions.DisableNullableAnalysis));
#pragma warning restore RSEXPERIMENTAL001
}
