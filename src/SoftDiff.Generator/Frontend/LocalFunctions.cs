using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>Finds the variables that local functions and lambdas capture from the method around them.</summary>
internal static class LocalFunctions
{
    public static IBlockOperation? Body(IMethodSymbol function, SemanticModel? model)
    {
        var syntax = function.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return syntax is null ? null : (model?.GetOperation(syntax) as ILocalFunctionOperation)?.Body;
    }

    /// <summary>The captured variables that it names itself, or that a local function that it calls names.</summary>
    public static HashSet<ISymbol> Captured(IMethodSymbol function, IBlockOperation body)
    {
        var captured = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        Collect(function, body, captured, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
        return captured;
    }

    /// <summary>Whether a local function calls itself, directly or through others.</summary>
    public static bool CallsItself(IMethodSymbol function, IBlockOperation body) =>
        Reaches(body, function.OriginalDefinition, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private static bool Reaches(IBlockOperation body, IMethodSymbol function, HashSet<ISymbol> seen) => body.Descendants().Any(operation =>
        ((operation as IInvocationOperation)?.TargetMethod ?? (operation as IMethodReferenceOperation)?.Method) is { MethodKind: MethodKind.LocalFunction } other
        && (SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, function)
            || (seen.Add(other.OriginalDefinition) && Body(other, operation.SemanticModel) is { } called && Reaches(called, function, seen))));

    private static void Collect(IMethodSymbol function, IBlockOperation body, HashSet<ISymbol> captured, HashSet<ISymbol> seen)
    {
        if (function.IsStatic || !seen.Add(function.OriginalDefinition)) return;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case ILocalReferenceOperation { Local.IsConst: false } local when !IsInside(local.Local, function):
                    captured.Add(local.Local);
                    break;
                case IParameterReferenceOperation parameter when !IsInside(parameter.Parameter, function):
                    captured.Add(parameter.Parameter);
                    break;
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } other }
                    when Body(other, operation.SemanticModel) is { } called:
                    Collect(other, called, captured, seen);
                    break;
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } named }
                    when Body(named, operation.SemanticModel) is { } passed:
                    Collect(named, passed, captured, seen);
                    break;
            }
        }

        // A variable of this function is no capture, even if a local function inside it uses it.
        captured.RemoveWhere(variable => IsInside(variable, function));
    }

    /// <summary>Whether a function, or one inside it, declares a variable.</summary>
    public static bool IsInside(ISymbol variable, IMethodSymbol function)
    {
        for (var symbol = variable.ContainingSymbol; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, function.OriginalDefinition)) return true;
        }

        return false;
    }
}
