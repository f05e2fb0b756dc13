using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;

namespace SoftDiff.Generator.Frontend;

/// <summary>A body and the declaration it belongs to.</summary>
/// <param name="Method">The method as that declaration declares it: its parameters and type parameters are those that the body names.</param>
internal sealed record MethodBody(SyntaxNode Syntax, IBlockOperation Block, IMethodSymbol Method);

/// <summary>Finds the bodies of methods that have source.</summary>
internal static class Bodies
{
    /// <summary>The body of a method, a local function, an accessor or a constructor; null if it has no source here.</summary>
    public static MethodBody? Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        method = Declared(method);
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (!Formulas.Owner(syntax.SyntaxTree, compilation).ContainsSyntaxTree(syntax.SyntaxTree)) continue;
            var block = SemanticModels.Of(compilation, syntax.SyntaxTree).GetOperation(syntax, cancellation) switch
            {
                IMethodBodyBaseOperation body => body.BlockBody ?? body.ExpressionBody,
                ILocalFunctionOperation function => function.Body,
                IBlockOperation expression => expression,
                _ => null,
            };
            if (block is not null) return new MethodBody(syntax, block, method);
        }

        return null;
    }

    /// <summary>The declaration of a method that may have a body: of a partial method in two parts the implementation, whose symbols the body uses.</summary>
    private static IMethodSymbol Declared(IMethodSymbol method) => method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
}
