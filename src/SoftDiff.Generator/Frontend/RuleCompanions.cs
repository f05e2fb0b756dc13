using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Makes rules from the generated companions FVjp and FJvp, for methods in another assembly whose source or rule is not accessible. A
/// derivative that is declared there has the declarations <c>[Vjp]</c> and <c>[Jvp]</c> of it in their place.
/// </summary>
internal static class RuleCompanions
{
    /// <summary>The rule of a method in another assembly that has companions there; null if they cannot be called as a rule.</summary>
    public static CustomRule? Of(IMethodSymbol method, TypeMapping types)
    {
        if (RuleSignatures.Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters) return null;
        if (RuleLookup.Attribute(method, "DifferentiableAttribute") is not { } mark) return OfDeclaration(method, parameters, types);
        var wrt = mark.NamedArguments.FirstOrDefault(a => a.Key == "Wrt").Value;
        if (wrt.Kind == TypedConstantKind.Array && wrt.Values.Length > 0)
        {
            // The companions give no derivative by parameters outside their wrt list, and zero would be wrong.
            var names = new HashSet<string?>(wrt.Values.Select(v => v.Value as string));
            bool IsLeftOut(RuleParameter p) => RuleSignatures.IsInput(p) && !IsBuffer(p) && !names.Contains(p.Name);
            parameters = parameters.Select(p => IsLeftOut(p) ? p with { Role = RuleRole.Passive, IsConstant = true } : p).ToImmutableArray();
        }

        var rule = RuleSignatures.Plain(method, parameters, types);
        return Exist(method, rule) ? Rule(method, rule, types) : null;
    }

    /// <summary>The rule of a derivative that is declared in another assembly; null if that declares no derivatives of it by all numbers.</summary>
    private static CustomRule? OfDeclaration(IMethodSymbol method, ImmutableArray<RuleParameter> parameters, TypeMapping types)
    {
        var rule = RuleSignatures.Plain(method, parameters, types);
        var numbers = parameters.Count(p => p.Role != RuleRole.Passive) + rule.Results.Count(result => result.IsFloat);
        var (backward, tangent) = (Declared(TransformationKind.Vjp), Declared(TransformationKind.Jvp));
        if (backward is null || tangent is null || WritesOthers(method, rule, tangent)) return null;
        return Rule(method, rule, types) with { Backward = Method(backward, types), Tangent = Method(tangent, types) };

        IMethodSymbol? Declared(TransformationKind mode) => method.ContainingType.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(m =>
            TransformationAttributes.Of(m).Any(mark => TransformationAttributes.Kind(mark) == mode && TransformationAttributes.Target(mark, m) is var (type, name)
                && name == method.Name && SymbolEqualityComparer.Default.Equals(type, method.ContainingType))
            && StartsWith(m, method) && m.Parameters.Length == method.Parameters.Length + numbers
            && SymbolEqualityComparer.Default.Equals(m.ReturnType, method.ReturnType));
    }

    /// <summary>Whether companions can be made beside the methods of a type in this project.</summary>
    public static bool AreMade(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(m => m.ValueText == "partial"));

    /// <summary>
    /// Whether a method in another assembly has companions that can be called as a rule. The method may write spans, but not arrays.
    /// </summary>
    public static bool Exist(IMethodSymbol method, CustomRule rule)
    {
        IEnumerable<IMethodSymbol> Companions(string mode) =>
            method.ContainingType.OriginalDefinition.GetMembers(method.Name + mode).OfType<IMethodSymbol>().Where(m => StartsWith(m, method));
        return Companions("Vjp").Any() && Companions("Jvp").Any() && !Companions("Jvp").Any(tangent => WritesOthers(method, rule, tangent));
    }

    private static bool StartsWith(IMethodSymbol companion, IMethodSymbol method)
    {
        var types = method.OriginalDefinition.Parameters.Select(p => p.Type.ToDisplayString()).ToList();
        return companion.Parameters.Length > types.Count && companion.Parameters.Take(types.Count).Select(p => p.Type.ToDisplayString()).SequenceEqual(types);
    }

    /// <summary>
    /// Whether the method writes other arrays than spans that are differentiated. The tangents of an array that it writes are written, too.
    /// </summary>
    private static bool WritesOthers(IMethodSymbol method, CustomRule rule, IMethodSymbol tangent) =>
        tangent.Parameters.Skip(method.Parameters.Length).Count(p => p.Type.Name is "Span" or "TensorSpan") != rule.Parameters.Count(IsBuffer)
        || rule.Parameters.Any(p => p is { Role: RuleRole.Passive, Type: ArrayType { IsReadOnly: false } });

    // A companion reads every span that it may write.
    private static bool IsBuffer(RuleParameter parameter) =>
        parameter is { Role: RuleRole.Input or RuleRole.Destination, Type: ArrayType { IsReadOnly: false, Form: ArrayForm.Span or ArrayForm.Tensor } };

    /// <summary>The rule that calls the companions.</summary>
    public static CustomRule Rule(IMethodSymbol method, CustomRule rule, TypeMapping types) => rule with
    {
        Form = RuleForm.Companion,
        Parameters = rule.Parameters.Select(p => IsBuffer(p) ? p with { Role = RuleRole.Buffer } : p).ToImmutableArray(),
        Forward = null,
        Residual = null,
        Backward = Method(method, "Vjp", types),
        Tangent = Method(method, "Jvp", types),
    };

    private static RuleMethod Method(IMethodSymbol method, string mode, TypeMapping types) =>
        new(RuleSignatures.Name(method, types) + mode + RuleSignatures.TypeArguments(method, types))
        {
            Missing = "the project of " + method.Name + " generates no second derivative; give " + method.Name + " a rule there whose methods have rules",
        };

    private static RuleMethod Method(IMethodSymbol declared, TypeMapping types) =>
        new(RuleSignatures.Name(declared, types)) { Missing = "it is declared in another project; compute it outside and pass the result" };
}
