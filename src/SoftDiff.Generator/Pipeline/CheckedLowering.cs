using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The first step of generator and analyzer: lowers a marked method, then checks the conditions that need the whole module.</summary>
internal static class CheckedLowering
{
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Lower(method, compilation, order: 1, cancellation);

    /// <inheritdoc cref="MethodLowering.Lower(IMethodSymbol, Compilation, int, ObjectChoices, CancellationToken)"/>
    public static LoweringResult Lower(IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        var (lowered, varied) = LowerWithObjects(method, compilation, order, cancellation);
        if (lowered.Module is { } module) Check(module, method, lowered, varied);
        if (lowered is { Signature: { } signature, Declaration.Header: null })
        {
            lowered = lowered with { TakenNames = TakenNames.Report(method.PartialDefinitionPart ?? method, signature, lowered.Reports) };
        }

        if (lowered.Reports.Any) return lowered with { Module = null };
        return lowered.Module is { } checkedModule && MethodLowering.IsMarked(method)
            ? lowered with { Advice = ZeroDerivatives.Find(checkedModule, method, lowered.Methods) } : lowered;
    }

    /// <summary>
    /// Lowers a method until the choices about its objects hold: once, if it has none. The choices grow each time, so it ends. Some code is
    /// refused while an object is a whole, but not when the object is taken apart. So before the method is refused, all objects that it makes
    /// are taken apart. If that does not help, the first errors count.
    /// </summary>
    /// <returns>What was lowered, and the expressions that give objects numbers which are differentiated. Each of these is an error.</returns>
    private static (LoweringResult Lowered, ImmutableArray<Evaluate> Varied) LowerWithObjects(
        IMethodSymbol method, Compilation compilation, int order, CancellationToken cancellation)
    {
        (LoweringResult Lowered, ImmutableArray<Evaluate> Varied)? refused = null;
        for (var choices = ObjectChoices.None; ;)
        {
            var lowered = MethodLowering.Lower(method, compilation, order, choices, cancellation);
            var varied = lowered.Module is { } module ? VariedEvaluations.Of(module) : ImmutableArray<Evaluate>.Empty;
            var next = lowered.Module is { } known ? ObjectChecks.Next(known, varied, lowered.Arguments, choices) : choices;
            if (next.IsSame(choices))
            {
                if (varied.IsEmpty && !lowered.Reports.Any) return (lowered, varied);
                if (lowered.Arguments.Filled.IsSubsetOf(choices.Sources)) refused ??= (lowered, varied);
                next = choices with { Sources = choices.Sources.Union(lowered.Arguments.Made).Union(lowered.Arguments.Filled) };
                if (next.IsSame(choices)) return refused ?? (lowered, varied);
            }

            choices = next;
        }
    }

    private static void Check(Module module, IMethodSymbol method, LoweringResult lowered, ImmutableArray<Evaluate> varied)
    {
        TreeChecks.Run(module, method, lowered.Reports);
        DeclarationChecks.Run(module, lowered.Transformations, lowered.Reports);
        if (!lowered.Reports.Any) ArgumentChecks.Run(module, lowered.Arguments, lowered.Reports);
        if (!lowered.Reports.Any) ObjectChecks.Report(varied, lowered.Arguments, lowered.Reports);
    }
}
