using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The parts of a declaration that the user chooses.</summary>
/// <param name="Modifiers">The modifiers, each with a space after it.</param>
/// <param name="Name">The name.</param>
/// <param name="TypeParameters">The type parameters with angle brackets, or empty.</param>
/// <param name="Constraints">The <c>where</c> clauses, or empty.</param>
/// <param name="Parameters">The names of the parameters; none where nobody has named them.</param>
/// <param name="ReturnsNothing">Whether it is declared as <c>void</c>.</param>
internal sealed record DeclarationHeader(
    string Modifiers, string Name, string TypeParameters, string Constraints, ImmutableArray<string> Parameters, bool ReturnsNothing)
{
    /// <summary>The header of a declaration that exists.</summary>
    public static DeclarationHeader Of(IMethodSymbol declared)
    {
        var syntax = declared.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault();
        var modifiers = string.Concat(syntax?.Modifiers.Select(modifier => modifier.Text + " ") ?? []);
        var names = declared.Parameters.Select(parameter => parameter.Name).ToImmutableArray();
        return new(
            modifiers, declared.Name, Declarations.TypeParameters(declared.TypeParameters), Declarations.Constraints(declared), names,
            declared.ReturnsVoid);
    }

    /// <summary>The header of a new declaration beside its target, with the target's accessibility.</summary>
    public static DeclarationHeader New(IMethodSymbol target, Declaration surroundings, string name) => new(
        surroundings.Accessibility + (target.IsStatic ? " static partial " : " partial "), name, surroundings.TypeParameters,
        surroundings.Constraints, ImmutableArray<string>.Empty, ReturnsNothing: false);
}
