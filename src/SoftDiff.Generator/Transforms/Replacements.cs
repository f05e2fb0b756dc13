using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Input: a derivative function. Output: the same without Replace(value, source), which is the value alone once the derivatives are written: what
/// only computes the source is then computed for its derivative, or not at all. Relies on dead code being dropped afterwards.
/// </summary>
internal static class Replacements
{
    public static Function Resolve(Function function)
    {
        var replaced = function.Body.AllOps().OfType<Compute>().Where(op => op.Code == Opcode.Replace).ToList();
        if (replaced.Count == 0) return function;
        var map = new Substitution();
        foreach (var op in replaced) map[op.Result] = map.Map(op.Args[0]);
        return function with { Body = map.Map(function.Body) };
    }
}
