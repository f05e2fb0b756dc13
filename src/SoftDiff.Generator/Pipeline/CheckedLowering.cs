using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The first step of generator and analyzer: a marked method is lowered, then what only the whole module tells is checked.</summary>
internal static class CheckedLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, order: 1, cancellation);

    /// <inheritdoc cref="MethodLowering.Lower(IMethodSymbol, Compilation, int, CancellationToken)"/>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        var lowered = MethodLowering.Lower(method, compilation, order, cancellation);
        if (lowered.Module is { } module) Check(module, lowered);
        if (lowered is { Signature: { } signature, Declaration.Header: null })
        {
            lowered = lowered with { TakenNames = TakenNames.Report(method.PartialDefinitionPart ?? method, signature, lowered.Reports) };
        }

        if (lowered.Reports.Any) return lowered with { Module = null };
        return lowered.Module is { } checkedModule && MethodLowering.IsMarked(method)
            ? lowered with { Advice = ZeroDerivatives.Find(checkedModule, method, lowered.Methods) } : lowered;
    }

    private static void Check(Module module, LoweringResult lowered)
    {
        DeclarationChecks.Run(module, lowered.Transformations, lowered.Reports);
        if (!lowered.Reports.Any) ArgumentChecks.Run(module, lowered.Arguments, lowered.Reports);
    }
}
