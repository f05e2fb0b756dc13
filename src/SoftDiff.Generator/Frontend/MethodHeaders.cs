using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The signature of a partial method as text that fits its declaration: the two parts of a partial method must agree in every modifier.
/// </summary>
internal static class MethodHeaders
{
    private static readonly SymbolDisplayFormat Types = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static MethodHeader Of(IMethodSymbol method, CancellationToken cancellation)
    {
        var syntax = method.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<MethodDeclarationSyntax>().FirstOrDefault();
        var modifiers = syntax is null ? "" : Text(syntax.Modifiers);
        var start = modifiers + method.ReturnType.ToDisplayString(Types) + " " + Identifiers.Escape(method.Name)
            + Declarations.TypeParameters(method.TypeParameters);
        var parameters = method.Parameters.Select((parameter, i) =>
        {
            var written = syntax is null || i >= syntax.ParameterList.Parameters.Count ? "" : Text(syntax.ParameterList.Parameters[i].Modifiers);
            return written + parameter.Type.ToDisplayString(Types) + " " + Identifiers.Escape(parameter.Name);
        });
        return new MethodHeader(start, parameters.ToImmutableArray(), Declarations.Constraints(method));
    }

    private static string Text(SyntaxTokenList modifiers) => string.Concat(modifiers.Select(modifier => modifier.Text + " "));
}
