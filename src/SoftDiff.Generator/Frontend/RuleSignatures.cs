using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>Checks the signatures of methods with rules and of the rules' methods, and selects the overload that fits.</summary>
internal static class RuleSignatures
{
    public static CustomRule Plain(IMethodSymbol method, ImmutableArray<RuleParameter> parameters, TypeMapping types)
    {
        var outs = method.Parameters.Where(p => p.RefKind == RefKind.Out).ToList();
        var results = outs.Select(p => p.Type).ToList();
        if (!method.ReturnsVoid) results.Insert(0, method.ReturnType);
        return new CustomRule(
            RuleForm.Written, Name(method, types) + TypeArguments(method, types), parameters,
            results.Select(t => types.Scalar(t)!).ToImmutableArray(), outs.Select(p => p.Ordinal).ToImmutableArray(),
            null, null, null, false, null);
    }

    public static string Name(IMethodSymbol method, TypeMapping types) => types.Name(method.ContainingType) + "." + Identifiers.Escape(method.Name);

    /// <summary>
    /// Type arguments are written out. Generated code may pass a span to a read-only span parameter, and C# infers no type argument from
    /// that.
    /// </summary>
    public static string TypeArguments(IMethodSymbol method, TypeMapping types) =>
        method.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", method.TypeArguments.Select(types.Name)) + ">";

    /// <summary>The parameters that are not out; null if a rule may not have one of them.</summary>
    public static ImmutableArray<RuleParameter>? Parameters(IMethodSymbol method, TypeMapping types, bool spansAreOutputs)
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

            var passive = IsPassive(symbol);
            var role = passive || !type.CarriesDerivative ? RuleRole.Passive
                : type.IsFloat ? RuleRole.Scalar
                : type is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor } && spansAreOutputs ? RuleRole.Destination
                : RuleRole.Input;
            // A user's mark on a parameter says that the derivative is zero. The library's operators depend differentiably on every number,
            // even where they have no rule for it.
            var isConstant = passive && type.CarriesDerivative && method.ContainingAssembly.Name == "SoftDiff.Runtime" && method.ContainingType.Name != "Diff";
            parameters.Add(new RuleParameter(symbol.Name, role, type, IsConstant: isConstant));
        }

        if (!method.ReturnsVoid && types.Scalar(method.ReturnType) is null) return null;
        return parameters.ToImmutable();
    }

    /// <summary>Whether the user has marked the parameter as not differentiable.</summary>
    public static bool IsPassive(IParameterSymbol symbol) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "NonDifferentiableAttribute");

    public static (IMethodSymbol Method, ScalarType? Residual)? Forward(IMethodSymbol method, CustomRule rule, string name, TypeMapping types)
    {
        if (rule.Results.Length > 1) return null;
        foreach (var candidate in method.ContainingType.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!Fits(candidate, rule.Parameters.Select(p => p.Type), types)) continue;
            if (rule.Results.IsEmpty) return (candidate, ResidualType(candidate.ReturnType, types));
            if (candidate.ReturnType is INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: 2 } items }
                && types.Scalar(items[0].Type) == rule.Results[0])
            {
                return (candidate, ResidualType(items[1].Type, types));
            }
        }

        return null;
    }

    /// <summary>The types of the tuple that a method returns, null for an element that is no number; null for another result.</summary>
    public static List<ScalarType?>? Items(IMethodSymbol method, TypeMapping types) => method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
        ? tuple.TupleElements.Select(e => types.Scalar(e.Type)).ToList()
        : null;

    public static ScalarType ResidualType(ITypeSymbol type, TypeMapping types) =>
        types.Scalar(type) ?? new ScalarType(ScalarKind.Opaque, types.Name(Unnamed(type)));

    /// <summary>The tuple type without element names, which do not matter for its identity.</summary>
    private static ITypeSymbol Unnamed(ITypeSymbol type) => type is INamedTypeSymbol { TupleUnderlyingType: { } tuple } ? tuple : type;

    public static (IMethodSymbol Method, bool TakesPrimal)? Backward(CustomRule rule, INamedTypeSymbol owner, string name, TypeMapping types)
    {
        var residual = rule.Residual is null ? Array.Empty<IrType>() : new IrType[] { rule.Residual };
        var primal = rule.Parameters.Select(p => p.Type).ToList();
        var rest = Cotangents(rule).Concat(rule.Parameters.Where(p => p.Role == RuleRole.Input).Select(p => Writable(p.Type))).ToList();
        foreach (var candidate in owner.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!ReturnsGradients(candidate, rule, types)) continue;
            if (rule.Forward is not null && Fits(candidate, residual.Concat(rest), types)) return (candidate, false);
            if (Fits(candidate, residual.Concat(primal).Concat(rest), types)) return (candidate, true);
        }

        return null;
    }

    private static IEnumerable<IrType> Cotangents(CustomRule rule) => rule.Results
        .Concat<IrType>(rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => ((ArrayType)p.Type).ReadOnly()));

    public static IrType Writable(IrType type) => ((ArrayType)type).Writable();

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

    public static IMethodSymbol? Tangent(CustomRule rule, INamedTypeSymbol owner, string name, TypeMapping types)
    {
        var primal = rule.Parameters.Select(p => p.Type);
        var tangents = rule.Parameters.Where(IsInput).Select(p => TangentType(p.Type));
        var destinations = rule.Parameters.Where(p => p.Role == RuleRole.Destination).Select(p => Writable(p.Type));
        var expected = primal.Concat(tangents).Concat(destinations).ToList();
        foreach (var candidate in owner.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!Fits(candidate, expected, types) || !WritesDestinations(candidate, rule, types)) continue;
            if (rule.Results.IsEmpty && candidate.ReturnsVoid) return candidate;
            if (Items(candidate, types)?.SequenceEqual(rule.Results.Concat(rule.Results)) == true) return candidate;
        }

        return null;
    }

    public static bool IsInput(RuleParameter parameter) => parameter.Role is RuleRole.Scalar or RuleRole.Input;

    public static IrType TangentType(IrType input) => input is ArrayType array ? array.ReadOnly() : input;

    /// <summary>A method that only reads the primal's outputs cannot be a tangent method, but it may be a backward method.</summary>
    private static bool WritesDestinations(IMethodSymbol candidate, CustomRule rule, TypeMapping types) => rule.Parameters
        .Zip(candidate.Parameters, (parameter, symbol) => (parameter.Role, types.Map(symbol.Type)))
        .All(p => p.Role != RuleRole.Destination || p.Item2 is ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor });

    /// <summary>Whether the parameters have these types. A writable span or tensor fits a read-only parameter.</summary>
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
}
