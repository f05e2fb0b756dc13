using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// Reads a marked method, its derivatives, and the further forms that it requests. A derivative may be declared by hand: a method with the
/// operator's name and Vjp or Jvp. It takes all parameters of the operator and the cotangents, gradients or tangents of its inputs and
/// outputs, in any order; they are found by name. Otherwise the derivative is written from the driver call in the method's body.
/// </summary>
internal static class OperatorReader
{
    public static ReadMethod Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var declaration = (MethodDeclarationSyntax)context.TargetNode;
        ReadMethod Wrong(string message) => ReadMethod.Wrong(Problem.At(declaration.Identifier.GetLocation(), message));

        if (!method.IsStatic || method.DeclaredAccessibility != Accessibility.Public || method.IsGenericMethod)
        {
            return Wrong($"'{method.Name}' must be public, static and not generic.");
        }

        var value = MethodReader.Read(method, declaration);
        if (!value.IsVoid && value.Destinations.Any()) return Wrong($"'{method.Name}' must return its result or write it, not both.");
        if (value.Parameters.FirstOrDefault(p => p.Type == "double?") is { } option) return Wrong($"'{option.Name}' must be a double.");
        if (MissingRule(method.Name, declaration) is { } missing) return Wrong($"'{method.Name}' must carry {missing}.");

        var call = Driver(context.SemanticModel, declaration, value, cancellation);
        var (vjp, jvp) = (Expected.Vjp(value), Expected.Jvp(value));
        var (vjpMethod, jvpMethod) = (Sibling(method, vjp, cancellation), Sibling(method, jvp, cancellation));
        if (vjpMethod is null && call is null) return Wrong(vjp.Missing(value));
        if (jvpMethod is null && call is null) return Wrong(jvp.Missing(value));

        var nests = vjpMethod?.Declaration is not { AttributeLists.Count: 0 };
        var missingNested = nests && vjpMethod is { } byHand ? MissingRule(vjp.Name, byHand.Declaration) : null;
        if (missingNested is not null) return Wrong($"'{vjp.Name}' must carry {missingNested}.");

        var forms = Forms.Of(method.GetAttributes(), value, call);
        if (forms is null) return Wrong($"'{method.Name}' can have further forms only if its body is one call of a driver.");

        var around = MethodReader.Around(method, [declaration, vjpMethod?.Declaration, jvpMethod?.Declaration], cancellation);
        return ReadMethod.Right([
            OperatorSpec.Of(around, value, call, vjpMethod?.Spec, jvpMethod?.Spec) with { Nests = nests },
            .. forms.Select(form => form.On(around)),
        ]);
    }

    /// <summary>A method that requests only its float twin.</summary>
    public static ReadMethod ReadTwin(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var (method, declaration) = ((IMethodSymbol)context.TargetSymbol, (MethodDeclarationSyntax)context.TargetNode);
        var around = MethodReader.Around(method, [declaration], cancellation);
        return ReadMethod.Right([new TwinSpec(around, MethodReader.Read(method, declaration))]);
    }

    /// <summary>The driver call that is the whole body; null if the body is anything else.</summary>
    private static DriverCall? Driver(
        SemanticModel model, MethodDeclarationSyntax declaration, MethodSpec value, CancellationToken cancellation)
    {
        if (declaration.ExpressionBody?.Expression is not { } body) return null;
        if (model.GetSymbolInfo(body, cancellation).Symbol is not IMethodSymbol driver) return null;
        var forward = driver.ContainingType.GetMembers(DriverCall.Derivative(driver.Name, "Jvp")).OfType<IMethodSymbol>().ToList();
        if (forward.Count == 0) return null;
        return DriverCall.Read(value, body, forward.Any(m => m.Parameters.Any(p => p.Name == DriverCall.SoftnessTangent)));
    }

    /// <summary>The missing attribute that SoftDiff.Generator must see on the method itself.</summary>
    private static string? MissingRule(string name, MethodDeclarationSyntax declaration)
    {
        foreach (var (attribute, rule) in new[] { ("CustomVjp", name + Rules.Backward), ("CustomJvp", name + Rules.Tangent) })
        {
            var written = declaration.AttributeLists.SelectMany(l => l.Attributes)
                .FirstOrDefault(a => a.Name.ToString() == attribute)?.ArgumentList?.Arguments.ToString();
            if (written != $"nameof({rule})" && written != $"\"{rule}\"") return $"[{attribute}(nameof({rule}))]";
        }

        return null;
    }

    private static (MethodSpec Spec, MethodDeclarationSyntax Declaration)? Sibling(
        IMethodSymbol method, Expected expected, CancellationToken cancellation)
    {
        foreach (var candidate in method.ContainingType.GetMembers(expected.Name).OfType<IMethodSymbol>())
        {
            if (candidate.Parameters.Length != expected.Parameters.Count) continue;
            if (!candidate.IsStatic || candidate.IsGenericMethod || candidate.DeclaredAccessibility != Accessibility.Public) continue;
            var declaration = (MethodDeclarationSyntax)candidate.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
            var spec = MethodReader.Read(candidate, declaration);
            if (expected.Fits(spec)) return (spec, declaration);
        }

        return null;
    }
}
