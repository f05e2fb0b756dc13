using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Sparsity;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Finds the rules that further derivatives lack, and patterns that floats decide. Only the differentiation itself meets them, so the
/// analyzer differentiates a method for which the generator has written no derivative although nothing is wrong with its text.
/// </summary>
internal static class RuleChecks
{
    public static void Run(IMethodSymbol method, Compilation compilation, LoweringResult lowered, CancellationToken cancellation)
    {
        if (lowered.Module is not { } module) return;
        try
        {
            Companions.Generate(module, cancellation);
        }
        catch (MissingRuleException missing)
        {
            var called = missing.Method.Replace("global::", "");
            var instead = missing.Missing ?? "give it [CustomVjp] and [CustomJvp]";
            bool IsCall(SyntaxNode node, SemanticModel model) =>
                node is InvocationExpressionSyntax && model.GetSymbolInfo(node, cancellation).Symbol is IMethodSymbol symbol
                && HasRule(symbol, compilation, cancellation);
            var location = Location(missing.Line, IsCall, method, compilation, lowered, cancellation);
            lowered.Reports.Add(Descriptors.MissingRule, location, null, called, method.Name, instead);
        }
        catch (UnknowablePatternException unknowable)
        {
            var location = Location(unknowable.Line, (node, _) => MakesStorage(node), method, compilation, lowered, cancellation);
            lowered.Reports.Add(Descriptors.UnknowablePattern, location, null, method.Name, unknowable.Reason);
        }
    }

    private static bool MakesStorage(SyntaxNode node) =>
        node is StackAllocArrayCreationExpressionSyntax or ArrayCreationExpressionSyntax or InvocationExpressionSyntax
        || (node is ElementAccessExpressionSyntax access && access.ArgumentList.Arguments.Any(a => a.Expression is RangeExpressionSyntax));

    /// <summary>
    /// The first such node of the line: in the method itself, or in the target that a declared transformation comes from in the end.
    /// </summary>
    private static Location Location(
        int line, Func<SyntaxNode, SemanticModel, bool> isMeant, IMethodSymbol method, Compilation compilation, LoweringResult lowered,
        CancellationToken cancellation)
    {
        var innermost = lowered.Transformations.Select(declared => declared.Target).Where(target => !TransformationAttributes.IsMarked(target));
        var readable = TransformationAttributes.IsMarked(method) ? innermost : innermost.Prepend(method);
        foreach (var syntax in readable.SelectMany(m => m.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax(cancellation)))
        {
            if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree)) continue;
            var model = SemanticModels.Of(compilation, syntax.SyntaxTree);
            var first = SourceLines.First(syntax);
            var found = syntax.DescendantNodes().FirstOrDefault(node => SourceLines.Relative(node, first) == line && isMeant(node, model));
            if (found is not null) return found.GetLocation();
        }

        return method.Locations[0];
    }

    private static bool HasRule(IMethodSymbol called, Compilation compilation, CancellationToken cancellation) =>
        RuleLookup.HasRule(called) || DerivativeOfIndex.For(compilation, cancellation).Find(called.OriginalDefinition) is { Count: > 0 };
}
