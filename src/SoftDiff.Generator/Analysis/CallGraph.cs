using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Analysis;

/// <summary>Which functions call which.</summary>
internal static class CallGraph
{
    /// <summary>The names of the functions that a function calls itself, once for each call.</summary>
    public static IEnumerable<string> CallsOf(Function function) => function.Body.AllOps()
        .Select(op => op is Call call ? call.Callee : (op as ParallelCall)?.Callee).OfType<string>();

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
