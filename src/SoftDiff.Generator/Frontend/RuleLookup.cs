using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Implicit;
using SoftDiff.Generator.Frontend.Primitives;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Finds the derivative rule of a method: [CustomVjp] and [CustomJvp] on the method, [DerivativeOf] elsewhere, or the generated companions
/// of a method without source. A rule's methods must fit the primal; otherwise the message prints the declaration that does.
/// </summary>
internal sealed class RuleLookup
{
    private readonly ModuleLowering _module;
    private readonly RuleMethods _methods;
    private readonly ImplicitFunctions _implicit;
    private readonly TensorMethods _tensors;
    private readonly int _order;

    /// <param name="module">The module that calls the methods.</param>
    /// <param name="order">How many derivatives are taken one after the other. Rules know the rules of their methods to this depth.</param>
    public RuleLookup(ModuleLowering module, int order)
    {
        _module = module;
        _order = order;
        _methods = new RuleMethods(module, this);
        _implicit = new ImplicitFunctions(module);
        _tensors = new TensorMethods(module);
    }

    /// <summary>Whether an attribute of the method says that its body is not differentiated.</summary>
    public static bool HasRule(IMethodSymbol method) => HasWrittenRule(method) || ImplicitAttribute.Of(method) is not null;

    /// <summary>Whether methods with the method's derivatives are written.</summary>
    public static bool HasWrittenRule(IMethodSymbol method) =>
        Attribute(method, "CustomVjpAttribute") is not null || Attribute(method, "CustomJvpAttribute") is not null;

    public static AttributeData? Attribute(IMethodSymbol method, string name) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass is { ContainingNamespace.Name: "SoftDiff" } type && type.Name == name);

    /// <summary>The rule of a method, or null. <paramref name="failed"/>: there is one and it does not fit, which was reported.</summary>
    public CustomRule? Find(IMethodSymbol method, Location location, TypeMapping types, out bool failed)
    {
        if (IsImplicit(method)) return Implicit(method, location, types, out failed);
        failed = false;
        if (HasWrittenRule(method)) return Attributed(method, location, types, out failed);
        if (Elsewhere(method) is { Count: > 0 } rules)
        {
            var written = RuleSignatures.Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is { } parameters
                ? FromDerivativeOf(method, RuleSignatures.Plain(method, parameters, types), rules, location, types, _order, out failed)
                : null;
            if (written is not null || failed || !TensorMethods.IsMember(method)) return written;
        }

        if (TensorMethods.IsMember(method)) return _tensors.Find(method, location, types, out failed);

        if (ConstantMethods.Of(method, types) is { } constant) return constant;
        var hasCompanions = Attribute(method, "DifferentiableAttribute") is not null || (TransformationAttributes.IsMarked(method) && method.Arity == 0);
        return hasCompanions && !_module.HasSource(method) ? RuleCompanions.Of(method, types) : null;
    }

    /// <summary>
    /// The rule of a rule's method; null if there is none. It may cover one mode only; using it in the other mode is an error at that
    /// point.
    /// </summary>
    public CustomRule? FindNested(IMethodSymbol method, CustomRule shape, Location location, TypeMapping types, int order, out bool failed)
    {
        if (IsImplicit(method)) return Implicit(method, location, types, out failed);
        failed = false;
        if (Elsewhere(method) is { Count: > 0 } written) return FromDerivativeOf(method, shape, written, location, types, order, out failed);
        var reachable = HasWrittenRule(method) && RuleMethodNames(method).All(name => method.ContainingType.GetMembers(name) is { IsEmpty: false } members
            && members.All(_module.IsAccessible));
        return reachable ? WithMethods(method, shape, location, types, order, out failed) : null;
    }

    /// <summary>Whether the method is a solver with a residual, and has source here.</summary>
    private bool IsImplicit(IMethodSymbol method) => ImplicitAttribute.Of(method) is not null && _module.HasSource(method);

    private CustomRule? Implicit(IMethodSymbol method, Location location, TypeMapping types, out bool failed)
    {
        var rule = _implicit.Find(method, ImplicitAttribute.Of(method)!, location, types);
        failed = rule is null;
        return rule;
    }

    private CustomRule? Attributed(IMethodSymbol method, Location location, TypeMapping types, out bool failed)
    {
        failed = false;
        if (RuleSignatures.Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters)
        {
            failed = true;
            const string Supported = "its parameters and result must be float, double, passive scalars, and arrays, spans or tensor spans of them by value";
            _module.Report(Descriptors.RuleUnusable, location, method.Name, Supported);
            return null;
        }

        var rule = RuleSignatures.Plain(method, parameters, types);
        var isPlain = method.ReturnsVoid || !method.Parameters.Any(p => types.Map(p.Type) is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor });
        if (isPlain || HasRuleMethods(method, rule, types)) return Completed(method, rule, location, types, out failed);

        // If the method has a result, the rule's methods decide whether its writable span is an input or an output.
        var written = RuleSignatures.Plain(method, RuleSignatures.Parameters(method, types, spansAreOutputs: true)!.Value, types);
        return Completed(method, HasRuleMethods(method, written, types) ? written : rule, location, types, out failed);
    }

    private static bool HasRuleMethods(IMethodSymbol method, CustomRule rule, TypeMapping types)
    {
        var backward = Attribute(method, "CustomVjpAttribute")?.ConstructorArguments.LastOrDefault().Value as string;
        var tangent = Attribute(method, "CustomJvpAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;
        return (backward is null || RuleSignatures.Backward(rule, method.ContainingType, backward, types) is not null)
            && (tangent is null || RuleSignatures.Tangent(rule, method.ContainingType, tangent, types) is not null);
    }

    private static List<string> RuleMethodNames(IMethodSymbol method) => new[] { "CustomVjpAttribute", "CustomJvpAttribute" }
        .SelectMany(name => Attribute(method, name)?.ConstructorArguments ?? ImmutableArray<TypedConstant>.Empty)
        .Select(argument => argument.Value as string ?? "").ToList();

    private CustomRule? Completed(IMethodSymbol method, CustomRule shape, Location location, TypeMapping types, out bool failed)
    {
        // Private members of another assembly are not visible here.
        var named = RuleMethodNames(method);
        if (!_module.HasSource(method) && named.Any(name => method.ContainingType.GetMembers(name).IsEmpty))
        {
            return WithoutMethods(method, shape, location, types, out failed);
        }

        if (WithMethods(method, shape, location, types, _order, out failed) is not { } rule) return null;
        if (!IsComplete(method, rule, location, out failed)) return null;
        var reachable = named.Append(method.Name).SelectMany(name => method.ContainingType.GetMembers(name)).All(_module.IsAccessible);
        return reachable ? rule : WithoutMethods(method, rule, location, types, out failed);
    }

    /// <summary>The rule with the methods that the attributes name.</summary>
    private CustomRule? WithMethods(IMethodSymbol method, CustomRule rule, Location location, TypeMapping types, int order, out bool failed)
    {
        failed = false;
        if (Attribute(method, "CustomVjpAttribute") is { } vjp)
        {
            var names = vjp.ConstructorArguments.Select(a => a.Value as string).ToList();
            IMethodSymbol? keeping = null;
            if (names.Count == 2 && names[0] is not null)
            {
                if (RuleSignatures.Forward(method, rule, names[0]!, types) is not { } forward)
                {
                    return Fail(method, names[0]!, location, RuleDeclarations.Forward(method, rule), out failed);
                }

                keeping = forward.Method;
                rule = rule with { Forward = _methods.Forward(keeping, rule, forward.Residual, location, types, order), Residual = forward.Residual };
            }

            var backward = names.LastOrDefault() ?? "";
            if (RuleSignatures.Backward(rule, method.ContainingType, backward, types) is not { } found)
            {
                return Fail(method, backward, location, RuleDeclarations.Backward(method, rule, backward), out failed);
            }

            rule = WithBackward(rule, found, location, types, order);
            if (rule.Residual is { Kind: ScalarKind.Opaque })
            {
                rule = rule with { Recomputing = _methods.Recomputing(keeping!, found.Method, rule, types, order) };
            }
        }

        if (Attribute(method, "CustomJvpAttribute") is not { } jvp) return rule;
        var name = jvp.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        return RuleSignatures.Tangent(rule, method.ContainingType, name, types) is { } tangent
            ? rule with { Tangent = _methods.Tangent(tangent, rule, location, types, order) }
            : Fail(method, name, location, RuleDeclarations.Tangent(method, rule, name), out failed);
    }

    private CustomRule WithBackward(CustomRule rule, (IMethodSymbol Method, bool TakesPrimal) found, Location location, TypeMapping types, int order) =>
        rule with
        {
            Backward = _methods.Backward(found.Method, rule, found.TakesPrimal, location, types, order),
            BackwardTakesPrimal = found.TakesPrimal,
        };

    /// <summary>The rule's methods are private in the other assembly; the companions made from them are accessible.</summary>
    private CustomRule? WithoutMethods(IMethodSymbol method, CustomRule rule, Location location, TypeMapping types, out bool failed)
    {
        failed = !_module.IsAccessible(method)
            || !(_module.HasSource(method) ? RuleCompanions.AreMade(method.ContainingType) : RuleCompanions.Exist(method, rule));
        if (!failed) return RuleCompanions.Rule(method, rule, types);
        _module.Report(Descriptors.Inaccessible, location, method.ToDisplayString(), _module.Root.ContainingType.ToDisplayString());
        return null;
    }

    /// <summary>With one result each mode follows from the rule of the other; with several results it does not.</summary>
    private bool IsComplete(IMethodSymbol method, CustomRule rule, Location location, out bool failed)
    {
        failed = (rule.Backward is null || rule.Tangent is null) && (rule.Results.Length != 1 || rule.Parameters.Any(p => p.Role == RuleRole.Destination));
        if (failed) _module.Report(Descriptors.RuleUnusable, location, method.Name, "with other outputs than one result it needs rules for both modes");
        return !failed;
    }

    private CustomRule? Fail(IMethodSymbol method, string name, Location location, string signature, out bool failed)
    {
        failed = true;
        var written = method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault();
        var at = SymbolEqualityComparer.Default.Equals(method, _module.Root) ? written?.Locations.FirstOrDefault(l => l.IsInSource) ?? location : location;
        var properties = ImmutableDictionary<string, string?>.Empty.Add("signature", signature).Add("name", name);
        _module.Report(Descriptors.RuleSignature, at, properties, name, method.Name, signature);
        return null;
    }

    private CustomRule? FromDerivativeOf(
        IMethodSymbol method, CustomRule rule, List<IMethodSymbol> written, Location location, TypeMapping types, int order, out bool failed)
    {
        failed = false;
        foreach (var candidate in written)
        {
            var (owner, name) = (candidate.ContainingType, candidate.Name);
            if (rule.Tangent is null && RuleSignatures.Tangent(rule, owner, name, types) is { } tangent)
            {
                rule = rule with { Tangent = _methods.Tangent(tangent, rule, location, types, order) };
            }
            else if (rule.Backward is null && RuleSignatures.Backward(rule, owner, name, types) is { } found)
            {
                rule = WithBackward(rule, found, location, types, order);
            }
        }

        if (rule.Tangent is not null || rule.Backward is not null) return order < _order || IsComplete(method, rule, location, out failed) ? rule : null;

        // A rule for another overload does not apply, nor does a rule that the user did not write.
        if (written.All(w => w.Parameters.Length != method.Parameters.Length + 1 || w.DeclaringSyntaxReferences.IsEmpty)) return null;
        return Fail(method, written[0].Name, location, RuleDeclarations.Backward(method, rule with { Forward = null }, written[0].Name), out failed);
    }

    private List<IMethodSymbol>? Elsewhere(IMethodSymbol method) =>
        DerivativeOfIndex.For(_module.Compilation, _module.Cancellation).Find(method.OriginalDefinition);
}
