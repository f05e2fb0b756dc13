namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Calls that no transform touched are calls of the function as it is, under the name it is emitted with. Input: a derivative function. Output: the
/// same with these calls renamed, each a <see cref="DerivedCallees">variant</see> asked for.
/// </summary>
internal static class PlainCalls
{
    public static Function Rename(Function function, DerivedCallees callees) => function with
    {
        Body = function.Body.MapLeaves(op => op is Call call && callees.IsPrimal(call.Callee)
            ? call with { Callee = callees.Request(VariantKind.Primal, call.Callee, "") }
            : op),
    };
}
