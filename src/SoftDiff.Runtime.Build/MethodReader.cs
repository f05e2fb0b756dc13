using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>Reads declarations of methods.</summary>
internal static class MethodReader
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    // These attributes request written members, which must not request them again.
    private static readonly string[] Markers = ["SoftOperator", "FloatTwin", "ArrayForms", "AxisForm"];

    public static Surroundings Around(IMethodSymbol method, MethodDeclarationSyntax?[] sources, CancellationToken cancellation)
    {
        var types = sources[0]!.Ancestors().OfType<TypeDeclarationSyntax>().Select(t => t.Keyword.Text + " " + t.Identifier.Text).Reverse();
        var usings = sources
            .OfType<MethodDeclarationSyntax>()
            .SelectMany(d => d.SyntaxTree.GetCompilationUnitRoot(cancellation).Usings)
            .Select(u => u.WithoutTrivia().ToString())
            .Distinct(StringComparer.Ordinal);
        var space = method.ContainingNamespace.ToDisplayString();
        return new Surroundings(new EquatableArray<string>(types), space, new EquatableArray<string>(usings));
    }

    public static MethodSpec Read(IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        var parameters = method.Parameters.Zip(declaration.ParameterList.Parameters, (symbol, syntax) => new ParameterSpec(
            string.Concat(syntax.AttributeLists.Select(l => l.WithoutTrivia() + " ")),
            syntax.Modifiers.ToString(),
            symbol.Type.ToDisplayString(TypeFormat),
            symbol.Name,
            syntax.Default?.Value.ToString(),
            RoleOf(symbol)));

        var attributes = declaration.AttributeLists
            .SelectMany(l => l.Attributes)
            .Where(a => !Markers.Contains(a.Name.ToString()))
            .Select(a => $"[{a}]\n");
        var start = declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : declaration.ReturnType.SpanStart;
        var text = declaration.ToString().Substring(start - declaration.SpanStart).Replace("\r", "");
        var column = declaration.SyntaxTree.GetLineSpan(declaration.Span).StartLinePosition.Character;
        var indent = "\n" + new string(' ', column);
        return new MethodSpec(
            method.Name,
            method.ReturnsVoid ? "void" : method.ReturnType.ToDisplayString(TypeFormat),
            new EquatableArray<ParameterSpec>(parameters),
            string.Concat(attributes) + text.Replace(indent, "\n"),
            Comment.Read(declaration));
    }

    private static Role RoleOf(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(a => a.AttributeClass?.Name == "NonDifferentiableAttribute")
            ? Role.Passive
            : ParameterSpec.RoleOf(parameter.Type.ToDisplayString(TypeFormat));
}
