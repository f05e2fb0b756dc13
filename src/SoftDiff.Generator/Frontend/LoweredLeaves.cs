using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>The callees of a compilation that call no others, each lowered once however many methods call it.</summary>
internal static class LoweredLeaves
{
    public static Function? Find(Compilation compilation, string key) =>
        CompilationCache.Of(compilation).Leaves.TryGetValue(key, out var function) ? function : null;

    /// <summary>Remembers a function that was lowered without complaint; one that calls others belongs to its module.</summary>
    public static void Add(Compilation compilation, string key, Function function)
    {
        if (function.IsLeaf && !function.Body.AllOps().Any(op => op is Evaluate)) CompilationCache.Of(compilation).Leaves.TryAdd(key, function);
    }
}
