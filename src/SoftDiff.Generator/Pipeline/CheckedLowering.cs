using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The first step of generator and analyzer: a marked method is lowered, then what only the whole module tells is checked.</summary>
internal static class CheckedLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, order: 1, cancellation);

    /// <inheritdoc cref="MethodLowering.Lower(IMethodSymbol, Compilation, int, ObjectChoices, CancellationToken)"/>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        var lowered = LowerWithObjects(method, compilation, order, cancellation);
        if (lowered.Module is { } module) Check(module, lowered);
        if (lowered is { Signature: { } signature, Declaration.Header: null })
        {
            lowered = lowered with { TakenNames = TakenNames.Report(method.PartialDefinitionPart ?? method, signature, lowered.Reports) };
        }

        if (lowered.Reports.Any) return lowered with { Module = null };
        return lowered.Module is { } checkedModule && MethodLowering.IsMarked(method)
            ? lowered with { Advice = ZeroDerivatives.Find(checkedModule, method, lowered.Methods) } : lowered;
    }

    /// <summary>
    /// Lowers a method until the choices about its objects hold. Each time they grow, so it ends. What an object does may have no place in expressions
    /// about objects, but one in the IR: so before the method is refused, all objects that it makes are taken apart. If that does not help, the first
    /// errors count.
    /// </summary>
    private static LoweringResult LowerWithObjects(IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        LoweringResult? refused = null;
        for (var choices = ObjectChoices.None; ;)
        {
            var lowered = MethodLowering.Lower(method, compilation, order, choices, cancellation);
            var next = lowered.Module is { } module ? ObjectChecks.Next(module, lowered.Arguments, choices) : choices;
            if (next.IsSame(choices))
            {
                if (lowered.Module is { } done ? ObjectChecks.Hold(done) : !lowered.Reports.Any) return lowered;
                refused ??= lowered;
                next = choices with { Sources = choices.Sources.Union(lowered.Arguments.Made) };
                if (next.IsSame(choices)) return refused;
            }

            choices = next;
        }
    }

    private static void Check(Module module, LoweringResult lowered)
    {
        DeclarationChecks.Run(module, lowered.Transformations, lowered.Reports);
        if (!lowered.Reports.Any) ArgumentChecks.Run(module, lowered.Arguments, lowered.Reports);
        if (!lowered.Reports.Any) ObjectChecks.Report(module, lowered.Arguments, lowered.Reports);
    }
}
