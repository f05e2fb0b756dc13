using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// Finds the rules that further derivatives lack. Only the differentiation itself meets them, so the analyzer differentiates a method for
/// which the generator has written no derivative although nothing is wrong with its text.
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
            lowered.Reports.Add(Descriptors.MissingRule, Location(missing.Line, method, compilation, lowered, cancellation), null, called, method.Name, instead);
        }
    }

    /// <summary>
    /// The call, if the line tells it: in the method itself, or in the target that a declared transformation comes from in the end.
    /// </summary>
    private static Location Location(int line, IMethodSymbol method, Compilation compilation, LoweringResult lowered, CancellationToken cancellation)
    {
        var innermost = lowered.Transformations.Select(declared => declared.Target).Where(target => !TransformationAttributes.IsMarked(target));
        var readable = TransformationAttributes.IsMarked(method) ? innermost : innermost.Prepend(method);
        foreach (var syntax in readable.SelectMany(m => m.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax(cancellation)))
        {
            if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree)) continue;
            var model = SemanticModels.Of(compilation, syntax.SyntaxTree);
            var first = SourceLines.First(syntax);
            var call = syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(invocation => SourceLines.Relative(invocation, first) == line)
                .FirstOrDefault(invocation => model.GetSymbolInfo(invocation, cancellation).Symbol is IMethodSymbol called && HasRule(called, compilation, cancellation));
            if (call is not null) return call.GetLocation();
        }

        return method.Locations[0];
    }

    private static bool HasRule(IMethodSymbol called, Compilation compilation, CancellationToken cancellation) =>
        RuleLookup.HasRule(called) || DerivativeOfIndex.For(compilation, cancellation).Find(called.OriginalDefinition) is { Count: > 0 };
}
