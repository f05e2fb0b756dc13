namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Computes two functions of one number by one call (<see cref="ScalarFunction.Pair"/>), such as sine and cosine, or softplus and its
/// derivative, the sigmoid. Relies on common subexpressions being shared, so that equal arguments are one operand.
/// </summary>
internal static class PairFunctions
{
    private static readonly ImmutableArray<(Opcode First, Opcode Second)> Pairs =
        ScalarFunctions.All.Where(f => f.Pair is not null).Select(f => (f.Code, f.Pair!.Other)).ToImmutableArray();

    public static Function Run(Function function)
    {
        foreach (var (first, second) in Pairs)
        {
            if (!function.Body.AllOps().Any(op => op is Compute compute && compute.Code == first)) continue;
            function = function.RewriteBlocks(block => block with { Ops = Join(block.Ops, first, second) });
        }

        return function;
    }

    private static ImmutableArray<Op> Join(ImmutableArray<Op> ops, Opcode first, Opcode second)
    {
        // Where each of the two functions is applied to an operand, in order.
        var places = new Dictionary<(Opcode Code, Operand Argument), Queue<int>>();
        for (var i = 0; i < ops.Length; i++)
        {
            if (ops[i] is not Compute call || (call.Code != first && call.Code != second)) continue;
            if (!places.TryGetValue((call.Code, call.Args[0]), out var calls)) places.Add((call.Code, call.Args[0]), calls = new Queue<int>());
            calls.Enqueue(i);
        }

        if (places.Count == 0) return ops;
        var joined = new HashSet<int>();
        var result = ImmutableArray.CreateBuilder<Op>(ops.Length);
        for (var i = 0; i < ops.Length; i++)
        {
            if (joined.Contains(i)) continue;
            if (ops[i] is Compute { Result.Type: ScalarType { IsTypeParameter: false, LaneOf: null } } one && (one.Code == first || one.Code == second)
                && places.TryGetValue((one.Code == first ? second : first, one.Args[0]), out var partners))
            {
                while (partners.Count > 0 && partners.Peek() <= i) partners.Dequeue();
                if (partners.Count > 0)
                {
                    var at = partners.Dequeue();
                    joined.Add(at);
                    var (left, right) = one.Code == first ? (one, (Compute)ops[at]) : ((Compute)ops[at], one);
                    result.Add(new ComputePair(left.Result, right.Result, first, one.Args[0]) { Line = one.Line });
                    continue;
                }
            }

            result.Add(ops[i]);
        }

        return result.ToImmutable();
    }
}
