using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Makes rules from the generated companions FVjp and FJvp, for methods in another assembly whose source or rule is not accessible.
/// </summary>
internal static class RuleCompanions
{
    /// <summary>The rule of a method in another assembly that has companions there; null if they cannot be called as a rule.</summary>
    public static CustomRule? Of(IMethodSymbol method, TypeMapping types)
    {
        if (RuleSignatures.Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters) return null;
        var wrt = RuleLookup.Attribute(method, "DifferentiableAttribute")!.NamedArguments.FirstOrDefault(a => a.Key == "Wrt").Value;
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

    /// <summary>Whether companions can be made beside the methods of a type in this project.</summary>
    public static bool AreMade(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(m => m.ValueText == "partial"));

    /// <summary>
    /// Whether a method in another assembly has companions that can be called as a rule. The method may write spans, but not arrays.
    /// </summary>
    public static bool Exist(IMethodSymbol method, CustomRule rule)
    {
        var count = method.Parameters.Length;
        var types = method.OriginalDefinition.Parameters.Select(p => p.Type.ToDisplayString()).ToList();
        IEnumerable<IMethodSymbol> Companions(string mode) => method.ContainingType.OriginalDefinition.GetMembers(method.Name + mode).OfType<IMethodSymbol>()
            .Where(m => m.Parameters.Length > count && m.Parameters.Take(count).Select(p => p.Type.ToDisplayString()).SequenceEqual(types));

        // The tangents of an array that the method writes are written as well.
        var buffers = rule.Parameters.Count(IsBuffer);
        var writesOthers = Companions("Jvp").Any(m => m.Parameters.Skip(count).Count(p => p.Type.Name is "Span" or "TensorSpan") != buffers)
            || rule.Parameters.Any(p => p is { Role: RuleRole.Passive, Type: ArrayType { IsReadOnly: false } });
        return !writesOthers && Companions("Vjp").Any() && Companions("Jvp").Any();
    }

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
}
