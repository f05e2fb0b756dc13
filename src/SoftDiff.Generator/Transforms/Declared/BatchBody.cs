using SoftDiff.Generator.Transforms.Batching;

namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>A body that runs the target for each example of a batch.</summary>
internal static class BatchBody
{
    /// <summary>The declared function with its body, and what it calls.</summary>
    /// <param name="declared">The function that is declared.</param>
    /// <param name="target">The target and what it calls. Nothing is inlined yet, so a derivative keeps its last bits.</param>
    /// <param name="what">The transformation.</param>
    /// <param name="parallel">Whether the examples are split over the cores. Nothing that is called or differentiated may be.</param>
    public static Module Write(Function declared, Module target, Transformation what, bool parallel)
    {
        var names = declared.Parameters.Select(p => p.Name).ToList();
        var example = With(target.Root, target.Root.Parameters.Select((p, i) => p.Value with { Name = names[i + 1], IsUserNamed = true }));
        var batch = BatchTransform.Apply(target with { Root = example }, what.Shared, declared.Name, parallel, names[0], names[names.Count - 1]);

        // In a callee the declared types are spans where the target takes arrays.
        var values = batch.Root.Parameters.Zip(declared.Parameters, (p, d) => p.Value with { Type = d.Value.Type });
        return batch with { Root = With(batch.Root, values) };
    }

    /// <summary>The function with other values for its parameters.</summary>
    private static Function With(Function function, IEnumerable<Value> values)
    {
        var copy = new Substitution();
        var parameters = function.Parameters.Zip(values, (p, value) => p with { Value = value }).ToImmutableArray();
        foreach (var parameter in parameters) copy[parameter.Value] = parameter.Value;
        return function with { Parameters = parameters, Body = copy.Map(function.Body) };
    }
}
