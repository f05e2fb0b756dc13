namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Renames the calls that no transform changed: they call the undifferentiated function under the name with which it is emitted. Input: a
/// derivative function. Output: the same function with these calls renamed; each requests a <see cref="DerivedCallees">variant</see>.
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
