namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Recognises sums over the iterations of a loop. A sum is an active carried variable whose next value is itself plus terms that depend on
/// no active carried variable. No iteration may write a partial sum to an array from outside the loop. Its cotangent is the same before and
/// after every iteration, so iterations can be reversed in any order. Relies on <see cref="Activity"/> of the same function; subtraction of
/// a term counts as a sum too.
/// </summary>
internal sealed class LoopSums(Definitions definitions, Activity activity)
{
    /// <summary>Why some active carried variable of the loop is more than a sum over its iterations; null if all are sums.</summary>
    public LoopDependence? Obstacle(Loop loop)
    {
        var carried = loop.Carried.Where(activity.IsActive).Select(c => c.Param).ToList();
        if (carried.Count == 0) return null;
        var dependent = Activity.Varying(loop.Body, definitions, carried);
        for (var i = 0; i < loop.Carried.Length; i++)
        {
            var (param, next) = (loop.Carried[i].Param, loop.Body.Yields[i]);
            if (!activity.IsActive(loop.Carried[i]) || IsSum(next, param, dependent)) continue;
            return new LoopDependence(DependenceKind.Carried, param, definitions.OpOf(next));
        }

        return LeavingByArray(loop, dependent);
    }

    /// <summary>
    /// The operation that writes a partial sum to an array from outside the loop; null if there is none. Such an operation makes the sum's
    /// cotangent grow from iteration to iteration.
    /// </summary>
    private LoopDependence? LeavingByArray(Loop loop, Activity dependent)
    {
        foreach (var op in loop.Body.AllOps())
        {
            foreach (var root in op.ElementsWritten().Select(definitions.Root))
            {
                if (definitions.IsDefinedIn(root, loop.Body) || !activity.IsActive(root) || !dependent.IsVaried(root)) continue;
                return new LoopDependence(DependenceKind.RunningSum, root, op);
            }
        }

        return null;
    }

    /// <summary>Whether the value is the variable plus terms that do not depend on any variable.</summary>
    private bool IsSum(Operand value, Value param, Activity dependent)
    {
        if (value is not Value v) return false;
        if (v.Equals(param)) return true;
        switch (definitions[v].Op)
        {
            case Compute { Code: Opcode.Add } add:
                return (IsSum(add.Args[0], param, dependent) && !dependent.IsVaried(add.Args[1]))
                    || (IsSum(add.Args[1], param, dependent) && !dependent.IsVaried(add.Args[0]));
            case Compute { Code: Opcode.Subtract } subtract:
                return IsSum(subtract.Args[0], param, dependent) && !dependent.IsVaried(subtract.Args[1]);
            case If @if:
                var at = @if.Values.IndexOf(v);
                return Branch(@if.Then) && Branch(@if.Else);
                bool Branch(Block branch) => branch.Yields.Length == 0 || IsSum(branch.Yields[at], param, dependent);
            case Loop inner:
                var index = inner.Carried.ToList().FindIndex(c => c.Result.Equals(v));
                return index >= 0
                    && IsSum(inner.Carried[index].Init, param, dependent)
                    && IsSum(inner.Body.Yields[index], inner.Carried[index].Param, dependent);
            default:
                return false;
        }
    }
}
