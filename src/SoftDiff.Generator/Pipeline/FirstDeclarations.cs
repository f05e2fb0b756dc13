using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Declared;

namespace SoftDiff.Generator.Pipeline;

/// <summary>A declaration that may be written beside a marked method.</summary>
/// <param name="Derivative">The words for it: <c>gradient</c>, <c>Hessian</c> …</param>
/// <param name="Text">The declaration with its attribute; types have <c>global::</c> names.</param>
internal sealed record FirstDeclaration(string Derivative, string Text);

/// <summary>Writes a first declaration of each transformation that a marked method has.</summary>
internal static class FirstDeclarations
{
    private static readonly (TransformationKind Kind, string Derivative, string Suffix)[] Kinds =
    [
        (TransformationKind.Gradient, "gradient", "Gradient"),
        (TransformationKind.Vjp, "vector-Jacobian product", "Pullback"),
        (TransformationKind.Jvp, "Jacobian-vector product", "Pushforward"),
        (TransformationKind.Derivative, "derivative", "Derivative"),
        (TransformationKind.Hessian, "Hessian", "Hessian"),
        (TransformationKind.HessianVectorProduct, "Hessian-vector product", "HessianProduct"),
        (TransformationKind.Jacobian, "Jacobian", "Jacobian"),
        (TransformationKind.Vmap, "batch", "Batch"),
    ];

    /// <summary>The declarations; none if the method is not marked or in error. One whose name is taken is left out.</summary>
    public static ImmutableArray<FirstDeclaration> Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        if (RuleLookup.Attribute(method, "DifferentiableAttribute") is not { } mark) return ImmutableArray<FirstDeclaration>.Empty;
        var lowered = CheckedLowering.Lower(method, compilation, cancellation);
        if (lowered.Module is null) return ImmutableArray<FirstDeclaration>.Empty;
        var module = ReadOnlyCalls.Mark(lowered.Module);
        var functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<FirstDeclaration>();
        foreach (var (kind, derivative, suffix) in Kinds)
        {
            var name = method.Name + suffix;
            if (!method.ContainingType.GetMembers(name).IsEmpty) continue;
            var what = Transformation.First(kind, module.Root, TransformationAttributes.Wrt(mark));
            var shape = TargetShape.Of(module.Root, what, functions);
            if (DeclarationChecks.Unfit(shape, what) is not null) continue;
            var header = DeclarationHeader.New(method, lowered.Declaration, name);
            var text = DeclaredSignatureText.Of(DeclaredSignature.Of(shape, what), header, method, qualified: true);
            found.Add(new FirstDeclaration(derivative, $"[global::SoftDiff.{kind}(nameof({Identifiers.Escape(method.Name)}))] {text}"));
        }

        return found.ToImmutable();
    }
}
