using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// Two functions of one number that one call computes together (<see cref="ScalarFunction.Pair"/>), such as a function and its derivative: sine and
/// cosine, softplus and sigmoid. Input and output: the operations of a block. Relies on equal arguments being one operand, as they are when
/// common subexpressions are shared.
/// </summary>
internal static class FunctionPairs
{
    private static readonly (Opcode First, Opcode Second)[] Pairs =
        ScalarFunctions.All.Where(f => f.Pair is not null).Select(f => (f.Code, f.Pair!.Other)).ToArray();

    public static ImmutableArray<Op> Join(ImmutableArray<Op> ops)
    {
        foreach (var (first, second) in Pairs) ops = Join(ops, first, second);
        return ops;
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
            if (ops[i] is not Compute { Result.Type: ScalarType { IsTypeParameter: false } } one
                || (one.Code != first && one.Code != second)
                || !places.TryGetValue((one.Code == first ? second : first, one.Args[0]), out var partners))
            {
                result.Add(ops[i]);
                continue;
            }

            while (partners.Count > 0 && partners.Peek() <= i) partners.Dequeue();
            if (partners.Count == 0)
            {
                result.Add(ops[i]);
                continue;
            }

            var at = partners.Dequeue();
            joined.Add(at);
            var other = ((Compute)ops[at]).Result;
            var (left, right) = one.Code == first ? (one.Result, other) : (other, one.Result);
            result.Add(new ComputePair(left, right, first, one.Args[0]) { Line = one.Line });
        }

        return result.ToImmutable();
    }
}
