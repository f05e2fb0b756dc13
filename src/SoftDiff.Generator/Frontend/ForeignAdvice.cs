using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>What to write instead of a call of a method without source that may not get what it is given.</summary>
internal static class ForeignAdvice
{
    /// <summary>For a text in which a differentiated number is shown.</summary>
    public const string Text = "compute with the numbers, not with a text that shows them";

    /// <summary>The advice for methods of a kind of its own; null for others.</summary>
    public static string? Of(IMethodSymbol method) => method.ContainingType switch
    {
        { Name: "Parallel" } => "write a for loop: the iterations may run in any order, and the derivative needs one",
        { Name: "ParallelEnumerable" } => "leave out AsParallel()",
        { SpecialType: SpecialType.System_String } => Text,
        { ContainingNamespace: var space } when space.ToDisplayString() is "System.Threading" or "System.Threading.Tasks" =>
            "compute on the calling thread; a derivative starts no threads and no tasks",
        _ => null,
    };

    /// <summary>For a method that is given what it might write or keep.</summary>
    public static string Of(IMethodSymbol method, string instead)
    {
        var name = method.MethodKind == MethodKind.Constructor ? "new " + method.ContainingType.Name : method.Name;
        return Of(method) ?? $"the method '{name}' has no source here; {instead}";
    }
}
