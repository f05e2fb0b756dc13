using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>What local functions know of the method around them.</summary>
internal static class LocalFunctions
{
    public static IBlockOperation? Body(IMethodSymbol function, SemanticModel? model)
    {
        var syntax = function.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return syntax is null ? null : (model?.GetOperation(syntax) as ILocalFunctionOperation)?.Body;
    }

    /// <summary>Whether it names variables from around it, or calls a local function that does.</summary>
    public static bool Captures(IMethodSymbol function, IBlockOperation body) => Captures(function, body, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private static bool Captures(IMethodSymbol function, IBlockOperation body, HashSet<ISymbol> seen)
    {
        if (function.IsStatic || !seen.Add(function.OriginalDefinition)) return false;
        return body.Descendants().Any(operation => operation switch
        {
            ILocalReferenceOperation local => !local.Local.IsConst && !IsInside(local.Local, function),
            IParameterReferenceOperation parameter => !IsInside(parameter.Parameter, function),
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } other } => Body(other, operation.SemanticModel) is { } called && Captures(other, called, seen),
            _ => false,
        });
    }

    private static bool IsInside(ISymbol variable, IMethodSymbol function)
    {
        for (var symbol = variable.ContainingSymbol; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, function.OriginalDefinition)) return true;
        }

        return false;
    }
}
