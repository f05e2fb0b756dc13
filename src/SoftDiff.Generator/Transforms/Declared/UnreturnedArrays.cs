namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// Input: the body of a declaration that may return nothing where its target returns a new array. Output: the same, in which no check of lengths asks that
/// array, so that dead code removes it. The scratch with its elements is as long.
/// </summary>
internal static class UnreturnedArrays
{
    public static Function Run(Function function)
    {
        var scratch = function.Body.Ops.OfType<MakeArray>()
            .Where(made => made is { Elements: not null, ElementsOf: null, Lengths.Length: 1 } && !function.Body.Yields.Contains(made.Result))
            .ToDictionary(made => (Operand)made.Result, made => made.Elements!);
        if (scratch.Count == 0) return function;
        Op Counting(Op op) => op is RequireLength require && scratch.TryGetValue(require.Like, out var elements) ? require with { Like = elements } : op;
        return function with { Body = function.Body with { Ops = function.Body.Ops.Select(Counting).ToImmutableArray() } };
    }
}
