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
        var example = Named(target.Root, names.GetRange(1, target.Root.Parameters.Length));
        var batch = BatchTransform.Apply(target with { Root = example }, what.Shared, declared.Name, parallel, names[0], names[names.Count - 1]);
        return batch with { Root = WithParameters(batch.Root, declared) };
    }

    /// <summary>The function under the user's names for its parameters.</summary>
    private static Function Named(Function function, IReadOnlyList<string> names)
    {
        var copy = new Substitution();
        var parameters = function.Parameters.Select((p, i) => p with { Value = p.Value with { Name = names[i], IsUserNamed = true } }).ToImmutableArray();
        foreach (var parameter in parameters) copy[parameter.Value] = parameter.Value;
        return function with { Parameters = parameters, Body = copy.Map(function.Body) };
    }

    /// <summary>The function with the declared types, which in a callee are spans where the target takes arrays.</summary>
    private static Function WithParameters(Function batch, Function declared)
    {
        var copy = new Substitution();
        var parameters = batch.Parameters.Zip(declared.Parameters, (p, d) => p with { Value = p.Value with { Type = d.Value.Type } }).ToImmutableArray();
        foreach (var parameter in parameters) copy[parameter.Value] = parameter.Value;
        return batch with { Parameters = parameters, Body = copy.Map(batch.Body) };
    }
}
