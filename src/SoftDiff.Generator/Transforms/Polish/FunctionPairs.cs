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
        foreach (var (first, second) in Pairs)
        {
            for (var i = 0; i < ops.Length; i++)
            {
                if (ops[i] is not Compute { Result.Type: ScalarType { IsTypeParameter: false } } one) continue;
                if (one.Code != first && one.Code != second) continue;
                var partner = one.Code == first ? second : first;
                if (ops.Skip(i + 1).OfType<Compute>().FirstOrDefault(c => c.Code == partner && c.Args[0].Equals(one.Args[0])) is not { } other) continue;
                var (left, right) = one.Code == first ? (one, other) : (other, one);
                var both = new ComputePair(left.Result, right.Result, first, one.Args[0]) { Line = one.Line };
                ops = ops.SetItem(i, both).Remove(other);
            }
        }

        return ops;
    }
}
