using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Declarations of higher derivatives of a method in another project. That project has the method's first derivatives only, the companions, unless it
/// declares more. A declaration here calls the same declaration there.
/// </summary>
internal static class ForeignDeclarations
{
    /// <summary>Whether the declaration needs more than the companions of a method in another project.</summary>
    public static bool AreNeeded(AttributeData mark, IMethodSymbol declared, IMethodSymbol target, ModuleLowering module) =>
        !module.HasSource(target) && !RuleLookup.HasRule(target) && TransformationAttributes.Read(mark, declared).Order > 1;

    /// <summary>The function that calls the other project's declaration; null if there is none to call, which was reported.</summary>
    public static Function? Lower(
        string name, IMethodSymbol declared, AttributeData mark, IMethodSymbol target, ImmutableArray<Parameter> parameters, ModuleLowering module)
    {
        var isRoot = SymbolEqualityComparer.Default.Equals(declared, module.Root);
        var same = target.ContainingType.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => IsSame(method, declared, mark, target, module));
        if (same is null || !isRoot || parameters.Any(p => p.Mode == ParameterMode.Ref))
        {
            var attribute = TransformationAttributes.Kind(mark).ToString();
            var reason = same is null
                ? $"it is in another project, which must declare [{attribute}(nameof({target.Name}))] with these parameters; this method then calls that one"
                : "it is in another project, which has no further derivative of it; declare the derivative there";
            module.Report(Descriptors.UnfitTarget, declared.Locations[0], declared.Name, target.Name, reason);
            return null;
        }

        var values = new ValueSource(parameters.Length);
        var returns = same.ReturnsVoid ? null : TypeMapping.Plain.Scalar(same.ReturnType);
        var returned = returns is null ? ImmutableArray<Value>.Empty : ImmutableArray.Create(values.Fresh(returns));
        var outs = parameters.Where(p => p.IsResult).Select(p => values.Fresh(p.Value.Type)).ToImmutableArray();
        var args = parameters.Select(p => p.IsResult ? null : (Operand?)p.Value).ToImmutableArray();
        var call = new Invoke(returned, RuleSignatures.Name(same, TypeMapping.Plain), args, outs);
        var yields = declared.ReturnsVoid ? outs : returned.AddRange(outs);
        var body = new Block(ImmutableArray.Create<Op>(call), yields.CastArray<Operand>());
        return new Function(name, parameters, declared.ReturnsVoid ? null : returns, body);
    }

    /// <summary>Whether a method is declared as the same derivative of the target, with the same parameters.</summary>
    private static bool IsSame(IMethodSymbol method, IMethodSymbol declared, AttributeData mark, IMethodSymbol target, ModuleLowering module)
    {
        if (!method.IsStatic || method.Arity > 0 || !module.IsAccessible(method)) return false;
        var marks = TransformationAttributes.Of(method).ToList();
        return marks.Count == 1 && TransformationAttributes.Read(marks[0], method).Equals(TransformationAttributes.Read(mark, declared))
            && TransformationAttributes.Target(marks[0], method) is var (type, name) && name == target.Name
            && SymbolEqualityComparer.Default.Equals(type, target.ContainingType)
            && (declared.ReturnsVoid || SymbolEqualityComparer.Default.Equals(method.ReturnType, declared.ReturnType))
            && method.Parameters.Length == declared.Parameters.Length
            && method.Parameters.Zip(declared.Parameters, (a, b) => a.RefKind == b.RefKind && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(equal => equal);
    }
}
