using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Derivative rules of methods: [CustomVjp] and [CustomJvp] on the method, [DerivativeOf] elsewhere, the generated companions of a method
/// without source. A rule's methods must fit the primal; the message prints the declaration that would.
/// </summary>
internal sealed class RuleLookup
{
    private readonly ModuleLowering _module;

    public RuleLookup(ModuleLowering module) => _module = module;

    public static bool HasRule(IMethodSymbol method) =>
        Attribute(method, "CustomVjpAttribute") is not null || Attribute(method, "CustomJvpAttribute") is not null;

    private static AttributeData? Attribute(IMethodSymbol method, string name) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass is { ContainingNamespace.Name: "SoftDiff" } type && type.Name == name);

    /// <summary>The rule of a method, or null. <paramref name="failed"/>: there is one and it does not fit, which was reported.</summary>
    public CustomRule? Find(IMethodSymbol method, Location location, TypeMapping types, out bool failed)
    {
        failed = false;
        if (HasRule(method)) return Attributed(method, location, types, out failed);
        if (Elsewhere(method) is { Count: > 0 } written) return FromDerivativeOf(method, written, location, types, out failed);
        return !HasSource(method) && Attribute(method, "DifferentiableAttribute") is not null ? Companion(method, types) : null;
    }

    private CustomRule? Attributed(IMethodSymbol method, Location location, TypeMapping types, out bool failed)
    {
        failed = false;
        if (Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters)
        {
            failed = true;
            const string Supported = "its parameters and result must be float, double, passive scalars, and arrays, spans or tensor spans of them by value";
            _module.Report(Descriptors.RuleUnusable, location, method.Name, Supported);
            return null;
        }

        var rule = Plain(method, parameters, types);
        var isPlain = method.ReturnsVoid || !method.Parameters.Any(p => types.Map(p.Type) is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor });
        if (isPlain || HasRuleMethods(method, rule, types)) return Completed(method, rule, location, types, out failed);

        // A span beside a result is an input or an output, as the rule's methods have it.
        var written = Plain(method, Parameters(method, types, spansAreOutputs: true)!.Value, types);
        return Completed(method, HasRuleMethods(method, written, types) ? written : rule, location, types, out failed);
    }

    private bool HasRuleMethods(IMethodSymbol method, CustomRule rule, TypeMapping types)
    {
        var backward = Attribute(method, "CustomVjpAttribute")?.ConstructorArguments.LastOrDefault().Value as string;
        var tangent = Attribute(method, "CustomJvpAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;
        return (backward is null || Backward(method, rule, method.ContainingType, backward, types) is not null)
            && (tangent is null || Tangent(method, rule, method.ContainingType, tangent, types) is not null);
    }

    private CustomRule? Completed(IMethodSymbol method, CustomRule rule, Location location, TypeMapping types, out bool failed)
    {
        failed = false;
        var named = new[] { "CustomVjpAttribute", "CustomJvpAttribute" }
            .SelectMany(name => Attribute(method, name)?.ConstructorArguments ?? ImmutableArray<TypedConstant>.Empty)
            .Select(argument => argument.Value as string ?? "").ToList();

        // What is private in another assembly is not seen from here.
        if (!HasSource(method) && named.Any(name => method.ContainingType.GetMembers(name).IsEmpty))
        {
            return WithoutMethods(method, rule, location, types, out failed);
        }

        if (Attribute(method, "CustomVjpAttribute") is { } vjp)
        {
            var names = vjp.ConstructorArguments.Select(a => a.Value as string).ToList();
            if (names.Count == 2 && names[0] is not null)
            {
                if (Forward(method, rule, names[0]!, types) is not { } forward)
                {
                    return Fail(method, names[0]!, location, ForwardShape(method, rule), out failed);
                }

                rule = rule with { Forward = forward.Name, Residual = forward.Residual };
            }

            var backward = names.LastOrDefault() ?? "";
            if (Backward(method, rule, method.ContainingType, backward, types) is not { } found)
            {
                return Fail(method, backward, location, BackwardShape(method, rule, backward), out failed);
            }

            rule = rule with { Backward = found.Name, BackwardTakesPrimal = found.TakesPrimal };
        }

        if (Attribute(method, "CustomJvpAttribute") is { } jvp)
        {
            var name = jvp.ConstructorArguments.FirstOrDefault().Value as string ?? "";
            if (Tangent(method, rule, method.ContainingType, name, types) is not { } tangent)
            {
                return Fail(method, name, location, TangentShape(method, rule, name), out failed);
            }

            rule = rule with { Tangent = tangent };
        }

        if (!IsComplete(method, rule, location, out failed)) return null;
        var reachable = named.Append(method.Name).SelectMany(name => method.ContainingType.GetMembers(name)).All(_module.IsAccessible);
        return reachable ? rule : WithoutMethods(method, rule, location, types, out failed);
    }

    /// <summary>The rule's methods are private over there, but the companions made from them are not.</summary>
    private CustomRule? WithoutMethods(IMethodSymbol method, CustomRule rule, Location location, TypeMapping types, out bool failed)
    {
        failed = !_module.IsAccessible(method) || !(HasSource(method) ? IsPartial(method.ContainingType) : HasCompanions(method, rule));
        if (!failed) return ByCompanions(method, rule, types);
        _module.Report(Descriptors.Inaccessible, location, method.ToDisplayString(), _module.Root.ContainingType.ToDisplayString());
        return null;
    }

    private bool HasSource(IMethodSymbol method) =>
        method.OriginalDefinition.DeclaringSyntaxReferences.Any(r => _module.Compilation.ContainsSyntaxTree(r.SyntaxTree));

    private static bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(m => m.ValueText == "partial"));

    /// <summary>
    /// Whether the companions of a method in another assembly are there, in a shape that can be called as a rule: it may write spans, not arrays.
    /// </summary>
    private static bool HasCompanions(IMethodSymbol method, CustomRule rule)
    {
        var count = method.Parameters.Length;
        var types = method.OriginalDefinition.Parameters.Select(p => p.Type.ToDisplayString()).ToList();
        IEnumerable<IMethodSymbol> Companions(string mode) => method.ContainingType.OriginalDefinition.GetMembers(method.Name + mode).OfType<IMethodSymbol>()
            .Where(m => m.Parameters.Length > count && m.Parameters.Take(count).Select(p => p.Type.ToDisplayString()).SequenceEqual(types));

        // The tangents of an array that the method writes are written as well.
        var buffers = rule.Parameters.Count(IsBuffer);
        var writesOthers = Companions("Jvp").Any(m => m.Parameters.Skip(count).Count(p => p.Type.Name is "Span" or "TensorSpan") != buffers)
            || rule.Parameters.Any(p => p is { Role: RuleRole.Passive, Type: ArrayType { IsReadOnly: false } });
        return rule.Outs.IsEmpty && !writesOthers && Companions("Vjp").Any() && Companions("Jvp").Any();
    }

    // To a companion every span that can be written is one that is read too.
    private static bool IsBuffer(RuleParameter parameter) =>
        parameter is { Role: RuleRole.Input or RuleRole.Destination, Type: ArrayType { IsReadOnly: false, Form: ArrayForm.Span or ArrayForm.Tensor } };

    private static CustomRule ByCompanions(IMethodSymbol method, CustomRule rule, TypeMapping types) => rule with
    {
        Form = RuleForm.Companion,
        Parameters = rule.Parameters.Select(p => IsBuffer(p) ? p with { Role = RuleRole.Buffer } : p).ToImmutableArray(),
        Forward = null,
        Residual = null,
        Backward = Name(method, types) + "Vjp" + TypeArguments(method, types),
        Tangent = Name(method, types) + "Jvp" + TypeArguments(method, types),
    };

    /// <summary>From one result either mode follows from the other's rule, but not from several.</summary>
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

    private CustomRule? FromDerivativeOf(IMethodSymbol method, List<IMethodSymbol> written, Location location, TypeMapping types, out bool failed)
    {
        failed = false;
        if (Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters) return null;
        var rule = Plain(method, parameters, types);
        foreach (var candidate in written)
        {
            var (owner, name) = (candidate.ContainingType, candidate.Name);
            if (rule.Tangent is null && Tangent(method, rule, owner, name, types) is { } tangent)
            {
                rule = rule with { Tangent = tangent };
            }
            else if (rule.Backward is null && Backward(method, rule, owner, name, types) is { } found)
            {
                rule = rule with { Backward = found.Name, BackwardTakesPrimal = found.TakesPrimal };
            }
        }

        if (rule.Tangent is not null || rule.Backward is not null) return IsComplete(method, rule, location, out failed) ? rule : null;

        // Another overload's rule is none of this one's, nor is one that is not the user's.
        if (written.All(w => w.Parameters.Length != method.Parameters.Length + 1 || w.DeclaringSyntaxReferences.IsEmpty)) return null;
        return Fail(method, written[0].Name, location, BackwardShape(method, rule with { Forward = null }, written[0].Name), out failed);
    }

    private static CustomRule? Companion(IMethodSymbol method, TypeMapping types)
    {
        if (Parameters(method, types, spansAreOutputs: method.ReturnsVoid) is not { } parameters) return null;
        var wrt = Attribute(method, "DifferentiableAttribute")!.NamedArguments.FirstOrDefault(a => a.Key == "Wrt").Value;
        if (wrt.Kind == TypedConstantKind.Array && wrt.Values.Length > 0)
        {
            // Parameters the companions were not made for have no derivative to offer, and pretending it is zero would be wrong.
            var names = new HashSet<string?>(wrt.Values.Select(v => v.Value as string));
            bool IsLeftOut(RuleParameter p) => IsInput(p) && !IsBuffer(p) && !names.Contains(p.Name);
            parameters = parameters.Select(p => IsLeftOut(p) ? p with { Role = RuleRole.Passive, IsConstant = true } : p).ToImmutableArray();
        }

        var rule = Plain(method, parameters, types);
        return HasCompanions(method, rule) ? ByCompanions(method, rule, types) : null;
    }

    private static CustomRule Plain(IMethodSymbol method, ImmutableArray<RuleParameter> parameters, TypeMapping types)
    {
        var outs = method.Parameters.Where(p => p.RefKind == RefKind.Out).ToList();
        var results = outs.Select(p => p.Type).ToList();
        if (!method.ReturnsVoid) results.Insert(0, method.ReturnType);
        return new CustomRule(
            RuleForm.Written, Name(method, types) + TypeArguments(method, types), parameters,
            results.Select(t => types.Scalar(t)!).ToImmutableArray(), outs.Select(p => p.Ordinal).ToImmutableArray(),
            null, null, null, false, null);
    }

    private static string Name(IMethodSymbol method, TypeMapping types) => types.Name(method.ContainingType) + "." + Declarations.Escape(method.Name);

    /// <summary>Written out, since generated code passes spans where the method may take read-only ones, and they say nothing then.</summary>
    private static string TypeArguments(IMethodSymbol method, TypeMapping types) =>
        method.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", method.TypeArguments.Select(types.Name)) + ">";

    /// <summary>The parameters but those that are out; null if one is none that a rule may have.</summary>
    private static ImmutableArray<RuleParameter>? Parameters(IMethodSymbol method, TypeMapping types, bool spansAreOutputs)
    {
        var parameters = ImmutableArray.CreateBuilder<RuleParameter>();
        foreach (var symbol in method.Parameters)
        {
            if ((types.Map(symbol.Type) ?? types.Passive(symbol.Type)) is not { } type || symbol.RefKind == RefKind.Ref) return null;
            if (symbol.RefKind == RefKind.Out)
            {
                if (!type.IsFloat) return null;
                continue;
            }

            var passive = symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "NonDifferentiableAttribute");
            var role = passive || !type.CarriesDerivative ? RuleRole.Passive
                : type.IsFloat ? RuleRole.Scalar
                : type is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor } && spansAreOutputs ? RuleRole.Destination
                : RuleRole.Input;
            // A person who marks a parameter says that it has no derivative. The library's operators have one by each number, if not a rule for it.
            var isConstant = passive && type.CarriesDerivative && method.ContainingAssembly.Name == "SoftDiff.Runtime" && method.ContainingType.Name != "Diff";
            parameters.Add(new RuleParameter(symbol.Name, role, type, isConstant));
        }

        if (!method.ReturnsVoid && types.Scalar(method.ReturnType) is null) return null;
        return parameters.ToImmutable();
    }

    private (string Name, ScalarType? Residual)? Forward(IMethodSymbol method, CustomRule rule, string name, TypeMapping types)
    {
        if (rule.Results.Length > 1) return null;
        foreach (var candidate in method.ContainingType.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!Fits(candidate, rule.Parameters.Select(p => p.Type), types)) continue;
            if (rule.Results.IsEmpty) return (Name(candidate, types), ResidualType(candidate.ReturnType, types));
            if (candidate.ReturnType is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: 2 } items }
                && types.Scalar(items[0].Type) == rule.Results[0])
            {
                return (Name(candidate, types), ResidualType(items[1].Type, types));
            }
        }

        return null;
    }

    /// <summary>The types of the tuple that a method returns, null for an element that is no number; null for another result.</summary>
    private static List<ScalarType?>? Items(IMethodSymbol method, TypeMapping types) => method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
        ? tuple.TupleElements.Select(e => types.Scalar(e.Type)).ToList()
        : null;

    private static ScalarType ResidualType(ITypeSymbol type, TypeMapping types) =>
        types.Scalar(type) ?? new ScalarType(ScalarKind.Opaque, types.Name(Unnamed(type)));

    /// <summary>A tuple without the names of its elements, which make no other type of it.</summary>
    private static ITypeSymbol Unnamed(ITypeSymbol type) => type is INamedTypeSymbol { TupleUnderlyingType: { } tuple } ? tuple : type;

    private (string Name, bool TakesPrimal)? Backward(IMethodSymbol method, CustomRule rule, INamedTypeSymbol owner, string name, TypeMapping types)
    {
        var residual = rule.Residual is null ? Array.Empty<IrType>() : new IrType[] { rule.Residual };
        var primal = rule.Parameters.Select(p => p.Type).ToList();
        var rest = Cotangents(rule).Concat(rule.Parameters.Where(p => p.Role == RuleRole.Input).Select(p => Writable(p.Type))).ToList();
        foreach (var candidate in owner.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!ReturnsGradients(candidate, rule, types)) continue;
            if (rule.Forward is not null && Fits(candidate, residual.Concat(rest), types)) return (Name(candidate, types), false);
            if (Fits(candidate, residual.Concat(primal).Concat(rest), types)) return (Name(candidate, types), true);
        }

        return null;
    }

    private static IEnumerable<IrType> Cotangents(CustomRule rule) => rule.Results
        .Concat<IrType>(rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => ((ArrayType)p.Type).ReadOnly()));

    private static IrType Writable(IrType type) => ((ArrayType)type).Writable();

    private static bool ReturnsGradients(IMethodSymbol candidate, CustomRule rule, TypeMapping types)
    {
        var scalars = rule.Parameters.Where(p => p.Role == RuleRole.Scalar).Select(p => p.Type).ToList();
        return scalars.Count switch
        {
            0 => candidate.ReturnsVoid,
            1 => scalars[0].Equals(types.Scalar(candidate.ReturnType)),
            _ => Items(candidate, types)?.SequenceEqual(scalars) == true,
        };
    }

    private string? Tangent(IMethodSymbol method, CustomRule rule, INamedTypeSymbol owner, string name, TypeMapping types)
    {
        var primal = rule.Parameters.Select(p => p.Type);
        var tangents = rule.Parameters.Where(IsInput).Select(p => TangentType(p.Type));
        var destinations = rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => Writable(p.Type));
        var expected = primal.Concat(tangents).Concat(destinations).ToList();
        foreach (var candidate in owner.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!Fits(candidate, expected, types) || !WritesDestinations(candidate, rule, types)) continue;
            if (rule.Results.IsEmpty && candidate.ReturnsVoid) return Name(candidate, types);
            if (Items(candidate, types)?.SequenceEqual(rule.Results.Concat(rule.Results)) == true) return Name(candidate, types);
        }

        return null;
    }

    private static bool IsInput(RuleParameter parameter) => parameter.Role is RuleRole.Scalar or RuleRole.Input;

    private static IrType TangentType(IrType input) => input is ArrayType array ? array.ReadOnly() : input;

    /// <summary>A method that only reads the primal's outputs is no tangent method, but may be a backward one.</summary>
    private static bool WritesDestinations(IMethodSymbol candidate, CustomRule rule, TypeMapping types) => rule.Parameters
        .Zip(candidate.Parameters, (parameter, symbol) => (parameter.Role, types.Map(symbol.Type)))
        .All(p => p.Role != RuleRole.Destination || p.Item2 is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor });

    /// <summary>Whether the parameters are of these types; a writable span or tensor may be handed to one that only reads.</summary>
    private static bool Fits(IMethodSymbol candidate, IEnumerable<IrType> expected, TypeMapping types)
    {
        var wanted = expected.ToList();
        if (!candidate.IsStatic || candidate.Parameters.Length != wanted.Count) return false;
        for (var i = 0; i < wanted.Count; i++)
        {
            var actual = types.Map(candidate.Parameters[i].Type) ?? ResidualType(candidate.Parameters[i].Type, types);
            if (actual.Equals(wanted[i])) continue;
            if (actual is ArrayType { IsReadOnly: true } reads && wanted[i] is ArrayType given && reads.Equals(given.ReadOnly())) continue;
            return false;
        }

        return true;
    }

    private static string Text(IrType type) => type switch
    {
        ArrayType { Form: ArrayForm.Array } array => array.Element.Name + "[]",
        ArrayType array => (array.IsReadOnly ? "ReadOnly" : "") + (array.IsTensor ? "TensorSpan<" : "Span<") + array.Element.Name + ">",
        ScalarType scalar => scalar.Name.Replace("global::", ""),
        _ => type.ToString(),
    };

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string PrimalParameters(CustomRule rule) => string.Join(", ", rule.Parameters.Select(p => Text(p.Type) + " " + p.Name));

    private static string ForwardShape(IMethodSymbol method, CustomRule rule)
    {
        var returns = rule.Results.IsEmpty ? "double" : "(" + Text(rule.Results[0]) + " Value, double Residual)";
        return "private static " + returns + " " + method.Name + "Forward(" + PrimalParameters(rule) + ")";
    }

    /// <summary>The scalar outputs: what is returned, and out parameters by their names.</summary>
    private static IEnumerable<(ScalarType Type, string Name)> Outputs(IMethodSymbol method, CustomRule rule)
    {
        var names = rule.Outs.Select(o => Upper(method.Parameters[o].Name));
        return rule.Results.Zip(method.ReturnsVoid ? names : names.Prepend("Result"), (type, name) => (type, name));
    }

    private static string BackwardShape(IMethodSymbol method, CustomRule rule, string name)
    {
        var parameters = new List<string>();
        if (rule.Residual is not null) parameters.Add(Text(rule.Residual) + " residual");
        else parameters.AddRange(rule.Parameters.Select(p => Text(p.Type) + " " + p.Name));
        parameters.AddRange(Outputs(method, rule).Select(o => Text(o.Type) + (rule.Results.Length == 1 ? " cotangent" : " c" + o.Name)));
        var destinations = rule.Parameters.Where(p => p.Role == RuleRole.Destination);
        parameters.AddRange(destinations.Select(p => Text(((ArrayType)p.Type).ReadOnly()) + " c" + Upper(p.Name)));
        parameters.AddRange(rule.Parameters.Where(p => p.Role == RuleRole.Input).Select(p => Text(Writable(p.Type)) + " d" + Upper(p.Name)));
        var scalars = rule.Parameters.Where(p => p.Role == RuleRole.Scalar).ToList();
        var returns = scalars.Count switch
        {
            0 => "void",
            1 => Text(scalars[0].Type),
            _ => "(" + string.Join(", ", scalars.Select(p => Text(p.Type) + " D" + Upper(p.Name))) + ")",
        };
        return "private static " + returns + " " + name + "(" + string.Join(", ", parameters) + ")";
    }

    private static string TangentShape(IMethodSymbol method, CustomRule rule, string name)
    {
        var parameters = rule.Parameters.Select(p => Text(p.Type) + " " + p.Name)
            .Concat(rule.Parameters.Where(IsInput).Select(p => Text(TangentType(p.Type)) + " t" + Upper(p.Name)))
            .Concat(rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => Text(Writable(p.Type)) + " t" + Upper(p.Name)));
        var outputs = Outputs(method, rule).ToList();
        var returns = outputs.Count switch
        {
            0 => "void",
            1 => "(" + Text(outputs[0].Type) + " Value, " + Text(outputs[0].Type) + " Tangent)",
            _ => "(" + string.Join(", ", outputs.Select(o => Text(o.Type) + " " + o.Name).Concat(outputs.Select(o => Text(o.Type) + " T" + o.Name))) + ")",
        };
        return "private static " + returns + " " + name + "(" + string.Join(", ", parameters) + ")";
    }

    private List<IMethodSymbol>? Elsewhere(IMethodSymbol method) =>
        DerivativeOfIndex.For(_module.Compilation, _module.Cancellation).Find(method.OriginalDefinition);
}
