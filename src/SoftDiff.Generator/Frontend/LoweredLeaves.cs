using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The callees of a compilation that call no others, each lowered once however many methods call it. The table holds compilations weakly and dies
/// with them.
/// </summary>
internal static class LoweredLeaves
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, Function>> Functions = new();

    public static Function? Find(Compilation compilation, string key) =>
        Functions.TryGetValue(compilation, out var known) && known.TryGetValue(key, out var function) ? function : null;

    /// <summary>Remembers a function that was lowered without complaint; one that calls others belongs to its module.</summary>
    public static void Add(Compilation compilation, string key, Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Call)) Functions.GetOrCreateValue(compilation).TryAdd(key, function);
    }
}
