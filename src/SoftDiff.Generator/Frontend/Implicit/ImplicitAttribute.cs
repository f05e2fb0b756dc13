using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>What [ImplicitFunction] on a method says.</summary>
internal static class ImplicitAttribute
{
    public const string MetadataName = "SoftDiff.ImplicitFunctionAttribute";

    public static AttributeData? Of(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == MetadataName);

    /// <summary>The type that is searched for the residual, and the residual's name; null while the attribute is being typed.</summary>
    public static (INamedTypeSymbol Type, string Name)? Residual(AttributeData attribute, IMethodSymbol solver) =>
        TransformationAttributes.Target(attribute, solver);

    /// <summary>The name of the method that solves linear systems; null for the library's.</summary>
    public static string? LinearSolver(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == "LinearSolver").Value.Value as string;

    /// <summary>
    /// Whether a parameter of a solver is constant: the residual has no differentiable parameter of its name, and the solution is not
    /// written to it. The residual's first parameter is the solution, so a solver's parameter of the same name is a start.
    /// </summary>
    public static bool IsConstant(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol solver || Of(solver) is not { } attribute) return false;
        if (Residual(attribute, solver) is not var (type, name) || IsSpan(parameter)) return false;
        bool IsOfSolver(IParameterSymbol p) => IsSpan(p) || solver.Parameters.Any(own => own.Name == p.Name);
        var residual = type.GetMembers(name).OfType<IMethodSymbol>()
            .FirstOrDefault(method => method.Parameters.Length > 1 && method.Parameters.Skip(1).All(IsOfSolver));
        return residual is not null && !residual.Parameters.Skip(1).Any(p => p.Name == parameter.Name && !ParameterLowering.IsPassive(p));
    }

    private static bool IsSpan(IParameterSymbol parameter) => TypeMapping.Plain.Map(parameter.Type) is ArrayType { Form: ArrayForm.Span };
}
