using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Keeps the sums over the iterations of a loop in memory: a carried variable to which each iteration adds one number becomes an array of one
/// element. The additions stay the same, in the same order. A loop that runs the rest of the iterations goes on from these sums.
/// </summary>
internal static class LoopTotals
{
    /// <summary>
    /// What makes the sums, the loop without variables, and what takes the sums for the rest; null if a variable is no such sum.
    /// </summary>
    public static (ImmutableArray<Op> Before, For Loop, ImmutableArray<Op> After, For Remainder)? Of(For loop, ValueSource values)
    {
        var (before, after) = (new BlockBuilder(values) { Line = loop.Line }, new BlockBuilder(values) { Line = loop.Line });
        var carriedOn = loop.Carried;
        var ops = loop.Body.Ops;
        for (var i = 0; i < loop.Carried.Length; i++)
        {
            var (carried, next) = (loop.Carried[i], loop.Body.Yields[i]);
            if (carried.Param.Type is not ScalarType { Kind: ScalarKind.Float } type) return null;
            if (ops.OfType<Compute>().FirstOrDefault(op => op.Result.Equals(next)) is not { Code: Opcode.Add } sum) return null;
            if (Reads(carried.Param) != 1 || Reads(sum.Result) != 1 || !sum.Args.Contains(carried.Param)) return null;
            var term = sum.Args[0].Equals(carried.Param) ? sum.Args[1] : sum.Args[0];
            var total = values.Fresh(new ArrayType(type, ArrayForm.Span), carried.Param.Name.Length > 0 ? carried.Param.Name : "total");
            before.Add(new Allocate(total, ArrayCode.Int(1), Cleared: false));
            before.Add(new Store(total, ArrayCode.Int(0), carried.Init));
            ops = ops.Replace(sum, new Accumulate(total, ArrayCode.Int(0), term) { Line = sum.Line });
            carriedOn = carriedOn.SetItem(i, carried with { Init = after.Load(total, ArrayCode.Int(0), carried.Param.Name) });
        }

        var body = new Block(ops, ImmutableArray<Operand>.Empty);
        return (before.Ops, loop with { Carried = ImmutableArray<Carried>.Empty, Body = body }, after.Ops, loop with { Carried = carriedOn });

        int Reads(Value value) => loop.Body.AllReads().Count(value.Equals);
    }
}
