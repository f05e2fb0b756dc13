using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// The conditions on parameter trees that need a whole module: nothing that a method calls writes to their arrays, and no other object of their
/// classes changes, which may be the same one.
/// </summary>
internal static class TreeChecks
{
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
            reports.Add(Descriptors.TreeIsWritten, Place(part, method), null, part.Path, "pass a copy of the array to the method that writes it");
        }

        var changed = functions.SelectMany(f => f.Body.AllOps()).OfType<Evaluate>()
            .Where(op => op is { Effect: ObjectEffect.Act or ObjectEffect.Call, IsDisplay: false })
            .SelectMany(op => op.Args).Select(arg => arg.Type).OfType<ScalarType>().Select(type => type.Name.TrimEnd('?')).ToImmutableHashSet();
        var parts = holders.SelectMany(f => f.Parameters).Where(p => p.IsLeaf).Select(p => p.Part!);
        if (parts.FirstOrDefault(part => Classes(part.Type).Any(changed.Contains)) is { } twin)
        {
            const string Instead = "change another object of its class outside this method, as it may be the same object";
            reports.Add(Descriptors.TreeIsWritten, Place(twin, method), null, twin.Whole, Instead);
        }
    }

    private static Location Place(ParameterPart part, IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(p => p.Name == part.Whole)?.Locations.FirstOrDefault() ?? method.Locations[0];

    /// <summary>The classes of the objects in a tree.</summary>
    private static IEnumerable<string> Classes(ProductType type) =>
        type.Members.Select(member => member.Type).OfType<ProductType>().Where(inner => inner.IsTree || inner.IsList)
            .SelectMany(Classes).Prepend(type.Name);
}
