using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The condition on parameter trees that needs a whole module: nothing that a method calls writes to their arrays.</summary>
internal static class TreeChecks
{
    /// <summary>Reports the trees with arrays that a callee writes.</summary>
    public static void Run(Module module, IMethodSymbol method, Reports reports)
    {
        var functions = module.Callees.Add(module.Root);
        var holders = functions.Where(f => f.Parameters.Any(p => p.IsLeaf) && Transform.Of(f) is null).ToList();
        if (holders.Count == 0) return;
        var written = new WrittenInputs(functions);
        foreach (var holder in holders)
        {
            var leaves = holder.Inputs.Where((leaf, i) => leaf.IsLeaf && leaf.Value.Type is ArrayType && written.Contains(holder.Name, i));
            if (leaves.FirstOrDefault() is not { Part: { } part }) continue;
            var at = method.Parameters.FirstOrDefault(p => p.Name == part.Whole)?.Locations.FirstOrDefault() ?? method.Locations[0];
            reports.Add(Descriptors.TreeIsWritten, at, null, part.Path, "pass a copy of the array to the method that writes it");
        }
    }
}
