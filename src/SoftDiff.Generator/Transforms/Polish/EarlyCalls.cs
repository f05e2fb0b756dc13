using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// Arithmetic between the argument of a function and its call is moved behind the call where that leaves fewer numbers alive across it: the JIT
/// keeps no floating-point register over a call, so each of them is stored and loaded again. The terms of a polynomial that its derivative reads
/// once more are such numbers, and the results of a helper. What moves before a helper is also computed while the helper's argument is still
/// on its way. Divisions stay before the call. Input and output: a block. Relies on scalars that never change, so that the order of operations without
/// effects is free.
/// </summary>
internal static class EarlyCalls
{
    public static Block Apply(Block block)
    {
        var ops = block.Ops;
        for (var call = 0; call < ops.Length; call++)
        {
            if (IsCall(ops[call])) ops = Advance(ops, call, block.Yields);
        }

        return block with { Ops = ops };
    }

    private static ImmutableArray<Op> Advance(ImmutableArray<Op> ops, int call, ImmutableArray<Operand> yields)
    {
        var start = call;
        while (start > 0 && ops[start - 1] is Compute { Checked: false } or Call && !IsCall(ops[start - 1])) start--;
        var helper = ops.Skip(start).Take(call - start).TakeWhile(op => op is not Call).Count();
        if (start + helper < call) start += helper;

        var first = Needed(ops, start, call, new[] { call });
        first.UnionWith(Divisions(ops, start, call, first));
        var later = Enumerable.Range(start, call - start).Where(i => !first.Contains(i)).Select(i => ops[i]).ToList();

        // Helpers may write arrays and so keep their order.
        if (first.Any(i => ops[i] is Call) && later.OfType<Call>().Any()) return ops;

        var after = new HashSet<Operand>(ops.Skip(call + 1).SelectMany(op => op.AllReads()).Concat(yields));
        var relieved = later.SelectMany(op => op.Results).Count(result => after.Contains(result));
        var made = new HashSet<Operand>(later.SelectMany(op => op.Results));
        var burdened = later.SelectMany(op => op.Reads()).OfType<Value>().Distinct().Count(value => !made.Contains(value) && !after.Contains(value));
        var own = later.OfType<Call>().Any() ? ops[call].Results.Length : 0;
        if (relieved <= burdened + own) return ops;

        return ops.Take(start).Concat(first.OrderBy(i => i).Select(i => ops[i])).Append(ops[call]).Concat(later).Concat(ops.Skip(call + 1)).ToImmutableArray();
    }

    /// <summary>Where between start and end is what the operations need, directly or not.</summary>
    private static HashSet<int> Needed(ImmutableArray<Op> ops, int start, int end, IEnumerable<int> by)
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
    /// The divisions, with what they need, that wait neither for another nor for a helper. They take long and occupy little, so they start before the call
    /// and are done when it is.
    /// </summary>
    private static HashSet<int> Divisions(ImmutableArray<Op> ops, int start, int call, HashSet<int> first)
    {
        var result = new HashSet<int>();
        foreach (var division in Enumerable.Range(start, call - start).Where(i => !first.Contains(i) && IsDivision(ops[i])))
        {
            var needed = Needed(ops, start, division, new[] { division });
            if (!needed.Any(i => ops[i] is Call || IsDivision(ops[i]))) result.UnionWith(needed.Append(division));
        }

        return result;
    }

    private static bool IsDivision(Op op) => op is Compute { Code: Opcode.Divide } divide && divide.Result.Type.IsFloat;

    private static bool IsCall(Op op) => op is Compute compute && ScalarFunctions.Of(compute.Code).CallsLibrary;
}
