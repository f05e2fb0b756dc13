using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Finds the calls that the C# compiler leaves out: calls of <c>[Conditional]</c> methods without a defined symbol, and calls of partial
/// methods without a body. Their arguments are not evaluated either.
/// </summary>
internal static class OmittedCalls
{
    public static bool IsOmitted(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (method is { IsPartialDefinition: true, ReturnsVoid: true, PartialImplementationPart: null }) return !TransformationAttributes.IsMarked(method);
        return Symbols(method) is { Count: > 0 } symbols && !symbols.Any(symbol => IsDefined(symbol, call.Syntax.SyntaxTree));
    }

    /// <summary>The symbols of which one must be defined for calls of the method to be kept; none if its calls are always kept.</summary>
    public static List<string> Symbols(IMethodSymbol method) => method.GetAttributes()
        .Where(a => a.AttributeClass is { Name: "ConditionalAttribute" } type && type.ContainingNamespace?.ToDisplayString() == "System.Diagnostics")
        .Where(a => a.ConstructorArguments.Length == 1)
        .Select(a => a.ConstructorArguments[0].Value as string ?? "").ToList();

    /// <summary>
    /// Whether the project or the file defines a symbol. A file defines and undefines symbols before its first token, so the definitions
    /// hold for the whole file.
    /// </summary>
    private static bool IsDefined(string symbol, SyntaxTree tree)
    {
        var defined = IsDefinedByProject(symbol, tree);
        for (var directive = ((CSharpSyntaxNode)tree.GetRoot()).GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            if (!directive.IsActive) continue;
            if (directive is DefineDirectiveTriviaSyntax define && define.Name.ValueText == symbol) defined = true;
            if (directive is UndefDirectiveTriviaSyntax undefine && undefine.Name.ValueText == symbol) defined = false;
        }

        return defined;
    }

    /// <summary>Whether the symbol is defined for generated files too, which is what decides about calls in them.</summary>
    public static bool IsDefinedByProject(string symbol, SyntaxTree tree) => tree.Options.PreprocessorSymbolNames.Contains(symbol);
}
