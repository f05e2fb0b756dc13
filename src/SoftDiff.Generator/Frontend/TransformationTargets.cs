using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Finds the method that a declared transformation is of. Several overloads are told apart by the declared parameters: the target's come
/// first, with their types, and the attribute says about how many follow. Of a batch they are those of <see cref="BatchedTargets"/>.
/// </summary>
internal static class TransformationTargets
{
    /// <summary>The target, with the declaration's type arguments if it is generic; null if there is none, which was reported.</summary>
    public static IMethodSymbol? Find(IMethodSymbol declared, AttributeData mark, ModuleLowering module)
    {
        if (TransformationAttributes.Target(mark, declared) is not var (type, name))
        {
            module.IsInvalid = true;
            return null;
        }

        var location = declared.Locations[0];
        var all = type.GetMembers(name).OfType<IMethodSymbol>()
            .Where(method => !MarkerAttributes.IsGenerated(method) && !SymbolEqualityComparer.Default.Equals(method, declared)).ToList();
        if (all.Count == 0)
        {
            module.Report(Descriptors.MissingTarget, location, type.Name, name);
            return null;
        }

        var candidates = all.Where(method => MarkerAttributes.Of(method).Any()).ToList();
        if (candidates.Count == 0)
        {
            module.Report(Descriptors.UnmarkedTarget, location, all[0].Name, declared.Name);
            return null;
        }

        var fitting = candidates.Count == 1 ? candidates : candidates.Where(method => StartsWith(declared, method)).ToList();
        if (fitting.Count > 1) fitting = fitting.Where(method => MayFit(declared, mark, method)).ToList();
        if (fitting.Count == 1) return Construct(fitting[0], declared);
        var overloads = string.Join(" and ", candidates.Select(method => "'" + method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) + "'"));
        module.Report(Descriptors.AmbiguousTarget, location, declared.Name, fitting.Count == 0 ? "none" : "more than one", overloads);
        return null;
    }

    /// <summary>Whether the declared parameters start with the target's.</summary>
    private static bool StartsWith(IMethodSymbol declared, IMethodSymbol target)
    {
        if (IsBatch(declared)) return BatchedTargets.Fits(declared, target);
        if (declared.Parameters.Length < target.Parameters.Length) return false;
        var known = Construct(target, declared);
        return known.Parameters.Zip(declared.Parameters, (expected, given) =>
            expected.RefKind == given.RefKind && SymbolEqualityComparer.Default.Equals(expected.Type, given.Type)).All(equal => equal);
    }

    /// <summary>
    /// Whether as many parameters may follow the target's as there are. Which arrays the target writes is not known here.
    /// </summary>
    private static bool MayFit(IMethodSymbol declared, AttributeData mark, IMethodSymbol target)
    {
        var wrt = TransformationAttributes.Wrt(mark);
        var known = Construct(target, declared);
        var inputs = known.Parameters.Where(p => !ParameterLowering.IsPassive(p) && TypeMapping.Plain.Map(p.Type) is { CarriesDerivative: true }).ToList();
        var buffers = inputs.Count(p => p.RefKind is RefKind.Ref or RefKind.Out || TypeMapping.Plain.Map(p.Type) is IR.ArrayType { IsReadOnly: false });
        var most = inputs.Count + (known is { IsStatic: false, ContainingType.IsValueType: true } ? 1 : 0);
        var least = wrt.IsEmpty ? Math.Min(1, most - buffers) : wrt.Length;
        var returns = TypeMapping.Plain.Scalar(known.ReturnType) is { IsFloat: true } ? 1 : 0;
        var added = declared.Parameters.Length - target.Parameters.Length;
        bool Between(int low, int high) => added >= low && added <= high;
        return TransformationAttributes.Kind(mark) switch
        {
            IR.TransformationKind.Gradient => returns == 1 && Between(least, most),
            IR.TransformationKind.Vjp or IR.TransformationKind.Jvp => Between(returns + least, returns + most),
            IR.TransformationKind.Derivative => added == 0,
            IR.TransformationKind.Jacobian when TransformationAttributes.IsSparse(mark) => added == 0,
            IR.TransformationKind.Hessian => added == 1 || Between(1 + least, 1 + most),
            IR.TransformationKind.HessianVectorProduct => Between(2 * least, 3 * most),
            IR.TransformationKind.Vmap => true,
            _ => added == 1,
        };
    }

    /// <summary>A generic target with the type arguments that make its parameters those of the declaration.</summary>
    private static IMethodSymbol Construct(IMethodSymbol target, IMethodSymbol declared)
    {
        if (target.Arity == 0) return target;
        var known = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        var types = IsBatch(declared)
            ? BatchedTargets.Types(declared, target)
            : target.Parameters.Zip(declared.Parameters, (e, g) => (e.Type, g.Type));
        foreach (var (expected, given) in types) Match(expected, given, known);
        return target.Construct(target.TypeParameters.Select(p => known.TryGetValue(p, out var type) ? type : p).ToArray());
    }

    private static bool IsBatch(IMethodSymbol declared) => RuleLookup.Attribute(declared, "VmapAttribute") is not null;

    private static void Match(ITypeSymbol expected, ITypeSymbol given, Dictionary<ITypeParameterSymbol, ITypeSymbol> known)
    {
        switch (expected)
        {
            case ITypeParameterSymbol parameter:
                if (!known.ContainsKey(parameter)) known.Add(parameter, given);
                break;
            case IArrayTypeSymbol array when given is IArrayTypeSymbol other:
                Match(array.ElementType, other.ElementType, known);
                break;
            case INamedTypeSymbol named when given is INamedTypeSymbol other && named.Arity == other.Arity:
                for (var i = 0; i < named.Arity; i++) Match(named.TypeArguments[i], other.TypeArguments[i], known);
                break;
        }
    }
}
