using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// Reads a marked method and finds the methods of its derivatives: those named as it is plus Vjp or Jvp that take all its parameters, a
/// cotangent or tangent of each input and output, and nothing else. Parameters are found by name, so their order is free.
/// </summary>
internal static class OperatorReader
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static ReadMethod Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var declaration = (MethodDeclarationSyntax)context.TargetNode;
        ReadMethod Wrong(string message) => new(null, Problem.At(declaration.Identifier.GetLocation(), message));

        if (!method.IsStatic || method.DeclaredAccessibility != Accessibility.Public || method.IsGenericMethod)
        {
            return Wrong($"'{method.Name}' must be public, static and not generic.");
        }

        var value = Method(method, declaration);
        if (!value.IsVoid && value.Destinations.Any()) return Wrong($"'{method.Name}' must return its result or write it, not both.");
        if (value.Parameters.FirstOrDefault(p => p.Type == "double?") is { } option) return Wrong($"'{option.Name}' must be a double.");

        var form = value.Parameters.Any(p => p.IsTensor) ? OperatorForm.Tensor
            : value.Parameters.Any(p => p.Type.Contains("Span<")) ? OperatorForm.Span
            : OperatorForm.Scalar;
        if (MissingRule(method.Name, declaration) is { } missing) return Wrong($"'{method.Name}' must carry {missing}.");

        var (vjp, jvp) = (Expected.Vjp(value), Expected.Jvp(value));
        if (Sibling(method, vjp, cancellation) is not { } vjpMethod) return Wrong(vjp.Missing(value));
        if (Sibling(method, jvp, cancellation) is not { } jvpMethod) return Wrong(jvp.Missing(value));

        var around = Around(method, declaration, [declaration, vjpMethod.Declaration, jvpMethod.Declaration], cancellation);
        var nests = vjpMethod.Declaration.AttributeLists.Count > 0;
        var missingNested = nests ? MissingRule(vjp.Name, vjpMethod.Declaration) : null;
        if (missingNested is not null) return Wrong($"'{vjp.Name}' must carry {missingNested}.");

        return new ReadMethod(new OperatorSpec(around, form, value, vjpMethod.Spec, jvpMethod.Spec, nests), null);
    }

    /// <summary>A method whose twin is all that is asked for.</summary>
    public static ReadMethod ReadTwin(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var (method, declaration) = ((IMethodSymbol)context.TargetSymbol, (MethodDeclarationSyntax)context.TargetNode);
        return new ReadMethod(new TwinSpec(Around(method, declaration, [declaration], cancellation), Method(method, declaration)), null);
    }

    private static Surroundings Around(
        IMethodSymbol method, MethodDeclarationSyntax declaration, MethodDeclarationSyntax[] sources, CancellationToken cancellation)
    {
        var types = declaration.Ancestors().OfType<TypeDeclarationSyntax>().Select(t => t.Keyword.Text + " " + t.Identifier.Text).Reverse();
        var usings = sources
            .SelectMany(d => d.SyntaxTree.GetCompilationUnitRoot(cancellation).Usings)
            .Select(u => u.WithoutTrivia().ToString())
            .Distinct(StringComparer.Ordinal);
        var space = method.ContainingNamespace.ToDisplayString();
        return new Surroundings(new EquatableArray<string>(types), space, new EquatableArray<string>(usings));
    }

    /// <summary>The attribute that the product's generator needs to see on the method itself and does not.</summary>
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
            var spec = Method(candidate, declaration);
            if (expected.Fits(spec)) return (spec, declaration);
        }

        return null;
    }

    private static MethodSpec Method(IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        var parameters = method.Parameters.Zip(declaration.ParameterList.Parameters, (symbol, syntax) => new ParameterSpec(
            string.Concat(syntax.AttributeLists.Select(l => l.WithoutTrivia() + " ")),
            syntax.Modifiers.ToString(),
            symbol.Type.ToDisplayString(TypeFormat),
            symbol.Name,
            syntax.Default?.Value.ToString(),
            RoleOf(symbol)));

        var attributes = declaration.AttributeLists
            .SelectMany(l => l.Attributes)
            .Select(a => a.ToString())
            .Where(a => a is not ("SoftOperator" or "FloatTwin"));
        var start = declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : declaration.ReturnType.SpanStart;
        var text = declaration.ToString().Substring(start - declaration.SpanStart).Replace("\r", "");
        var column = declaration.SyntaxTree.GetLineSpan(declaration.Span).StartLinePosition.Character;
        var indent = "\n" + new string(' ', column);
        return new MethodSpec(
            method.Name,
            method.ReturnsVoid ? "void" : method.ReturnType.ToDisplayString(TypeFormat),
            new EquatableArray<ParameterSpec>(parameters),
            string.Concat(attributes.Select(a => $"[{a}]\n")) + text.Replace(indent, "\n"));
    }

    private static Role RoleOf(IParameterSymbol parameter)
    {
        if (parameter.GetAttributes().Any(a => a.AttributeClass?.Name == "NonDifferentiableAttribute")) return Role.Passive;
        if (parameter.Type.SpecialType == SpecialType.System_Double) return Role.Number;
        return parameter.Type.ToDisplayString(TypeFormat) switch
        {
            "ReadOnlySpan<double>" or "ReadOnlyTensorSpan<double>" => Role.Array,
            "Span<double>" or "TensorSpan<double>" => Role.Destination,
            _ => Role.Passive,
        };
    }
}
