using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>Finds the members of structs that change their receiver.</summary>
internal static class Receivers
{
    /// <summary>
    /// The variable that <c>this</c> is in the members of a struct. A struct's members cannot be nested in one another, so its type names it.
    /// </summary>
    public static ISymbol Variable(ITypeSymbol type) => type.OriginalDefinition;

    /// <summary>Whether a call of the method may change the struct it is called on.</summary>
    /// <param name="method">The method.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="open">The methods about which this is being asked: a method that calls itself changes what the rest of it changes.</param>
    public static bool Changes(IMethodSymbol method, Compilation compilation, HashSet<ISymbol>? open = null)
    {
        method = method.OriginalDefinition;
        if (method.IsStatic || method.IsReadOnly || method.ContainingType is not { IsValueType: true, IsReadOnly: false } type) return false;
        var known = CompilationCache.Of(compilation).Changes;
        var key = Declarations.Key(method);
        if (known.TryGetValue(key, out var changes)) return changes;
        open ??= new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (!open.Add(method)) return false;
        changes = Bodies.Of(method, compilation, CancellationToken.None) is { } body && Assignments.In(body.Block, open).Contains(Variable(type));
        open.Remove(method);
        if (open.Count == 0) known[key] = changes;
        return changes;
    }
}
