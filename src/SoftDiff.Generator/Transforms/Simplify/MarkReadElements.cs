using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Marks the arrays of arrays whose elements a function only reads: the copy of them is not written back. Input: a function. Output: the same
/// function with these marks. A mark stays right in a derivative, which writes no other arguments than the function.
/// </summary>
internal static class MarkReadElements
{
    public static Function Run(Function function)
    {
        if (!function.Body.Ops.Any(IsUnmarked)) return function;
        var definitions = new Definitions(function);
        var written = new Effects(definitions).Writes(function.Body);
        Op Marked(Op op) => op is Flatten flatten && IsUnmarked(op) && !written.Contains(definitions.Root(flatten.Tensor))
            ? flatten with { IsOnlyRead = true }
            : op;
        return function with { Body = function.Body.MapLeaves(Marked) };
    }

    private static bool IsUnmarked(Op op) => op is Flatten { IsOnlyRead: false, Tensor.Type: ArrayType { IsJagged: true } };
}
