using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Polish;

/// <summary>
/// A function and its derivative at the same point, computed by one call: sine and cosine, softplus and sigmoid. Input and output: the operations
/// of a block. Relies on equal arguments being one operand, as they are when common subexpressions are shared.
/// </summary>
internal static class FunctionPairs
{
    private static readonly (Opcode First, Opcode Second, string Double, string Single)[] Pairs =
    {
        (Opcode.Sin, Opcode.Cos, "global::System.Math.SinCos", "global::System.MathF.SinCos"),
        (Opcode.Softplus, Opcode.Sigmoid, "global::SoftDiff.Soft.SoftplusAndSigmoid", "global::SoftDiff.Soft.SoftplusAndSigmoid"),
    };

    public static ImmutableArray<Op> Join(ImmutableArray<Op> ops)
    {
        foreach (var (first, second, @double, single) in Pairs)
        {
            for (var i = 0; i < ops.Length; i++)
            {
                if (ops[i] is not Compute { Result.Type: ScalarType { Name: "double" or "float" } type } one) continue;
                if (one.Code != first && one.Code != second) continue;
                var partner = one.Code == first ? second : first;
                if (ops.Skip(i + 1).OfType<Compute>().FirstOrDefault(c => c.Code == partner && c.Args[0].Equals(one.Args[0])) is not { } other) continue;
                var results = one.Code == first ? ImmutableArray.Create(one.Result, other.Result) : ImmutableArray.Create(other.Result, one.Result);
                var method = type.Name == "double" ? @double : single;
                var both = new Invoke(results, method, one.Args.Take(1)) { Line = one.Line };
                ops = ops.SetItem(i, both).Remove(other);
            }
        }

        return ops;
    }
}
