namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>
/// Separates what a function requires of its array parameters from its body. Only checks at the beginning are taken, before anything that could throw or
/// write, so that they may run once for a whole batch.
/// </summary>
internal static class EntryChecks
{
    public static (Function Body, ImmutableArray<Op> Checks) Split(Function function)
    {
        var (checks, rest) = (ImmutableArray.CreateBuilder<Op>(), ImmutableArray.CreateBuilder<Op>());
        var ops = function.Body.Ops;
        var next = 0;
        for (; next < ops.Length && (IsCheck(ops[next], function) || ops[next].Freedom.HasFlag(Freedom.Move)); next++)
        {
            (IsCheck(ops[next], function) ? checks : rest).Add(ops[next]);
        }

        rest.AddRange(ops.Skip(next));
        return (function with { Body = function.Body with { Ops = rest.ToImmutable() } }, checks.ToImmutable());
    }

    private static bool IsCheck(Op op, Function function) => op switch
    {
        RequireLength { Array.Type: ArrayType { IsTensor: false } } or RequireDisjoint =>
            op.Reads().All(read => function.Parameters.Any(p => p.Value.Equals(read))),
        _ => false,
    };
}
