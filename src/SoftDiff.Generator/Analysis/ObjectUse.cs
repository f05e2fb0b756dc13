namespace SoftDiff.Generator.Analysis;

/// <summary>Finds the functions that call objects.</summary>
internal static class ObjectUse
{
    /// <summary>Whether the function, or one that it calls, may change objects. It may then give something else when it runs again.</summary>
    public static bool Acts(Function function, IReadOnlyDictionary<string, Function> functions) =>
        CallGraph.Reachable(function, functions).Prepend(function).SelectMany(f => f.Body.AllOps())
            .Any(op => op is Evaluate { Effect: ObjectEffect.Act or ObjectEffect.Call });
}
