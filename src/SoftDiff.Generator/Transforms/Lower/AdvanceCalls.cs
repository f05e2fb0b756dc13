namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Moves a call up to shorten live ranges: arithmetic between the computation of its argument and the call moves behind the call if fewer
/// numbers are then live across it. The JIT keeps no floating-point register over a call, so it stores and reloads each live number.
/// Independent divisions stay before the call, so they run while its argument is computed. Relies on scalars that never change, so that the
/// order of operations without effects is free.
/// </summary>
internal static class AdvanceCalls
{
    // A call relieves as many registers as the machine has, so arithmetic further away gains nothing, and a bound keeps the pass linear.
    private const int Reach = 256;

    public static Function Run(Function function) => function.Body.AllOps().Any(IsCall) ? function.RewriteBlocks(Apply) : function;

    private static Block Apply(Block block)
    {
        if (!block.Ops.Any(IsCall)) return block;
        var ops = block.Ops.ToArray();

        // The position at which each operand is read last. Operations move only within the range that ends at the call, so positions after
        // a call stay right.
        var last = new Dictionary<Operand, int>();
        for (var i = 0; i < ops.Length; i++)
        {
            foreach (var read in ops[i].AllReads()) last[read] = i;
        }

        foreach (var result in block.Yields) last[result] = ops.Length;
        for (var call = 0; call < ops.Length; call++)
        {
            if (IsCall(ops[call])) Advance(ops, call, operand => last.TryGetValue(operand, out var at) && at > call);
        }

        return block with { Ops = ops.ToImmutableArray() };
    }

    /// <param name="ops">The operations of the block; some before the call change their order.</param>
    /// <param name="call">Where the call is.</param>
    /// <param name="isReadAfter">Whether an operand is read after the call.</param>
    private static void Advance(Op[] ops, int call, Func<Operand, bool> isReadAfter)
    {
        var start = call;
        while (start > 0 && call - start < Reach && ops[start - 1] is Compute { Checked: false } or Call && !IsCall(ops[start - 1])) start--;
        var helper = start;
        while (helper < call && ops[helper] is not Call) helper++;
        if (helper < call) start = helper;

        var first = Needed(ops, start, call, new[] { call });
        first.UnionWith(Divisions(ops, start, call, first));
        var later = Enumerable.Range(start, call - start).Where(i => !first.Contains(i)).Select(i => ops[i]).ToList();

        // Helpers may write arrays and so keep their order.
        if (first.Any(i => ops[i] is Call) && later.OfType<Call>().Any()) return;

        var relieved = later.SelectMany(op => op.Results).Count(isReadAfter);
        var made = new HashSet<Operand>(later.SelectMany(op => op.Results));
        var burdened = later.SelectMany(op => op.Reads()).OfType<Value>().Distinct().Count(value => !made.Contains(value) && !isReadAfter(value));
        var own = later.OfType<Call>().Any() ? ops[call].Results.Length : 0;
        if (relieved <= burdened + own) return;

        var moved = first.OrderBy(i => i).Select(i => ops[i]).Append(ops[call]).Concat(later).ToArray();
        moved.CopyTo(ops, start);
    }

    /// <summary>Where between start and end is what the operations need, directly or not.</summary>
    private static HashSet<int> Needed(Op[] ops, int start, int end, IEnumerable<int> by)
    {
        var (result, read) = (new HashSet<int>(), new HashSet<Operand>(by.SelectMany(i => ops[i].Reads())));
        for (var i = end - 1; i >= start; i--)
        {
            if (!ops[i].Results.Any(read.Contains)) continue;
            result.Add(i);
            read.UnionWith(ops[i].Reads());
        }

        return result;
    }

    /// <summary>
    /// The divisions, with their operands, that wait neither for another division nor for a helper. They start before the call and finish
    /// while it runs, because a division has a long latency but keeps the machine little occupied.
    /// </summary>
    private static HashSet<int> Divisions(Op[] ops, int start, int call, HashSet<int> first)
    {
        var (free, waiting) = (new List<int>(), new HashSet<Operand>());
        for (var i = start; i < call; i++)
        {
            var waits = ops[i].Reads().Any(waiting.Contains);
            if (!waits && !first.Contains(i) && IsDivision(ops[i])) free.Add(i);
            if (waits || ops[i] is Call || IsDivision(ops[i])) waiting.UnionWith(ops[i].Results);
        }

        var result = Needed(ops, start, call, free);
        result.UnionWith(free);
        return result;
    }

    private static bool IsDivision(Op op) => op is Compute { Code: Opcode.Divide } divide && divide.Result.Type.IsFloat;

    private static bool IsCall(Op op) => op is Compute compute && ScalarFunctions.Of(compute.Code).CallsLibrary;
}
