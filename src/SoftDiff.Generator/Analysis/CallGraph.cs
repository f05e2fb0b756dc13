namespace SoftDiff.Generator.Analysis;

/// <summary>Finds which functions call which.</summary>
internal static class CallGraph
{
    /// <summary>The names of the functions that a function calls itself, once for each call; of a declared transformation, the target.</summary>
    public static IEnumerable<string> CallsOf(Function function)
    {
        foreach (var op in function.Body.AllOps())
        {
            if (op is Call call) yield return call.Callee;
            else if (op is ParallelCall parts) yield return parts.Callee;
            else if (op is FindPattern find) yield return find.Callee;
            else if (op is LaneCall lanes) yield return lanes.Callee;
            else if (op is Transform transform) yield return transform.Target;
        }
    }

    /// <summary>The functions that a function calls, directly or not, in the order of the first calls; breadth first.</summary>
    public static IEnumerable<Function> Reachable(Function root, IReadOnlyDictionary<string, Function> functions)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<Function>(new[] { root });
        while (pending.Count > 0)
        {
            foreach (var name in CallsOf(pending.Dequeue()))
            {
                if (!found.Add(name)) continue;
                var callee = functions[name];
                pending.Enqueue(callee);
                yield return callee;
            }
        }
    }
}
