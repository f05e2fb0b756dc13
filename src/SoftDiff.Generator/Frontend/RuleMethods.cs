using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Describes the methods of rules so that they can be differentiated again. Each is a method with parameters of its own, whose roles follow
/// from the roles of the primal's parameters.
/// </summary>
internal sealed class RuleMethods(ModuleLowering module, RuleLookup rules)
{
    /// <summary>The forward method of a primal: its parameters are the primal's, and it returns the residual with the value.</summary>
    public RuleMethod Forward(IMethodSymbol method, CustomRule primal, ScalarType? residual, Location location, TypeMapping types, int order)
    {
        var results = residual is null ? primal.Results : primal.Results.Add(residual);
        return Method(method, primal, RuleMode.Forward, () => Shape(method, primal.Parameters, results, types), location, types, order);
    }

    /// <summary>
    /// The backward method: a function of the residual, the primal's arguments and the cotangents. The spans at its end are zero when it is called.
    /// </summary>
    public RuleMethod Backward(IMethodSymbol method, CustomRule primal, bool takesPrimal, Location location, TypeMapping types, int order)
    {
        CustomRule Shape()
        {
            var gradients = primal.Parameters.Count(p => p.Role == RuleRole.Input);
            var first = primal.Residual is null ? 0 : 1;
            var given = method.Parameters.Select((symbol, i) =>
            {
                var of = takesPrimal && i >= first && i < first + primal.Parameters.Length ? primal.Parameters[i - first] : null;
                return i < method.Parameters.Length - gradients
                    ? Read(symbol, of, types)
                    : new RuleParameter(symbol.Name, RuleRole.Destination, TypeOf(symbol, types), IsZeroed: true);
            });
            var scalars = primal.Parameters.Where(p => p.Role == RuleRole.Scalar).Select(p => (ScalarType)p.Type);
            return RuleMethods.Shape(method, given.ToImmutableArray(), scalars.ToImmutableArray(), types);
        }

        return Method(method, primal, RuleMode.Backward, Shape, location, types, order);
    }

    /// <summary>
    /// The backward method of a rule whose residual is a tuple of numbers, without the residual; null if no other derivative is taken or one of the
    /// rule's methods has no body here.
    /// </summary>
    public RuleMethod? Recomputing(IMethodSymbol forward, IMethodSymbol backward, CustomRule rule, TypeMapping types, int order)
    {
        if (order <= 1 || !module.HasSource(forward) || !module.HasSource(backward)) return null;
        if (Products.Map(backward.Parameters[0].Type, types) is not { } product) return null;
        var residual = product.Leaves.ToImmutableArray();
        var given = rule.Parameters.Select(p => p.Type);
        var scalars = rule.Parameters.Where(p => p.Role == RuleRole.Scalar).Select(p => p.Type);
        var rest = backward.Parameters.Skip(1).Select(p => TypeOf(p, types));
        if (Callee(forward, given, rule.Results.Concat(residual), types) is not { } first) return null;
        if (Callee(backward, residual.Concat(rest), scalars, types) is not { } second) return null;
        var name = module.Callee(
            "residual of " + first + " for " + second, function => RecomputedResiduals.Function(function, rule, residual, first, second));
        return new RuleMethod(RuleSignatures.Name(backward, types)) { Callee = name, IsFunction = true };
    }

    /// <summary>The tangent method: a function of the primal's arguments and their tangents.</summary>
    public RuleMethod Tangent(IMethodSymbol method, CustomRule primal, Location location, TypeMapping types, int order)
    {
        CustomRule Shape()
        {
            var outputs = primal.Parameters.Count(p => p.Role == RuleRole.Destination);
            var given = method.Parameters.Select((symbol, i) =>
            {
                var of = i < primal.Parameters.Length ? primal.Parameters[i] : null;
                return of?.Role == RuleRole.Destination || i >= method.Parameters.Length - outputs
                    ? new RuleParameter(symbol.Name, RuleRole.Destination, TypeOf(symbol, types))
                    : Read(symbol, of, types);
            });
            return RuleMethods.Shape(method, given.ToImmutableArray(), primal.Results.AddRange(primal.Results), types);
        }

        return Method(method, primal, RuleMode.Tangent, Shape, location, types, order);
    }

    /// <summary>A parameter that the method reads. It has a derivative only if the primal's parameter has one.</summary>
    private static RuleParameter Read(IParameterSymbol symbol, RuleParameter? primal, TypeMapping types)
    {
        var type = TypeOf(symbol, types);
        var isPassive = primal?.Role == RuleRole.Passive || RuleSignatures.IsPassive(symbol) || !type.CarriesDerivative;
        var role = isPassive ? RuleRole.Passive : type.IsFloat ? RuleRole.Scalar : RuleRole.Input;
        return new RuleParameter(symbol.Name, role, type, IsConstant: primal?.IsConstant == true);
    }

    private static IrType TypeOf(IParameterSymbol symbol, TypeMapping types) =>
        types.Map(symbol.Type) ?? types.Passive(symbol.Type) ?? RuleSignatures.ResidualType(symbol.Type, types);

    private static CustomRule Shape(
        IMethodSymbol method, ImmutableArray<RuleParameter> parameters, ImmutableArray<ScalarType> results, TypeMapping types) => new(
        RuleForm.Written, RuleSignatures.Name(method, types) + RuleSignatures.TypeArguments(method, types), parameters, results,
        ImmutableArray<int>.Empty, null, null, null, false, null);

    private RuleMethod Method(
        IMethodSymbol method, CustomRule primal, RuleMode mode, Func<CustomRule> shape, Location location, TypeMapping types, int order)
    {
        var plain = new RuleMethod(RuleSignatures.Name(method, types));
        if (order <= 1) return plain;
        var called = shape();
        if (rules.FindNested(method, called, location, types, order - 1, out var failed) is { } rule) return plain with { Rule = rule };
        if (failed) return plain;
        var given = called.Parameters.Select(p => p.Type);
        if (module.HasSource(method) && Callee(method, given, called.Results, types) is { } callee) return plain with { Callee = callee };
        var body = method.ContainingAssembly.Name == "SoftDiff.Runtime" ? module.Callee(Key(primal), name => RuleBodies.Of(primal, name)) : null;
        if (body is not null) return plain with { Body = body, Mode = mode };
        return plain with { Missing = "give " + method.Name + " [CustomVjp] and [CustomJvp]" };
    }

    private static string Key(CustomRule primal) => primal.Primal + "(" + string.Join(", ", primal.Parameters.Select(p => p.Type)) + ")";

    /// <summary>
    /// The name of the function with the method's lowered body; null if the body cannot be lowered. A first attempt runs in a module of its
    /// own, whose errors are dropped.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="given">The types of the arguments that it is called with; each item of a tuple stands by itself.</param>
    /// <param name="results">The types of its results, likewise.</param>
    /// <param name="types">The type arguments.</param>
    private string? Callee(IMethodSymbol method, IEnumerable<IrType> given, IEnumerable<IrType> results, TypeMapping types)
    {
        var trial = new ModuleLowering(module.Root, module.Compilation, module.Cancellation);
        if (trial.Callee(method, types, ImmutableArray<int>.Empty) is not { } name || trial.Failed) return null;

        // Whatever it computes with may be differentiated, also what a residual holds, and objects have no derivatives.
        if (trial.Callees.Any(f => f.Body.AllOps().Any(op => op is Evaluate))) return null;
        var function = trial.Callees.FirstOrDefault(f => f.Name == name);
        var fits = function is not null && function.Inputs.Count == given.Count() && Results(function).SequenceEqual(results);
        if (!fits) return null;
        return module.Callee(method, types, ImmutableArray<int>.Empty);
    }

    private static IEnumerable<IrType> Results(Function function)
    {
        if (function.Returns is { } returns) yield return returns;
        foreach (var parameter in function.Parameters.Where(p => p.IsResult)) yield return parameter.Value.Type;
    }
}
