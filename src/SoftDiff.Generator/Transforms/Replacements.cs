using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Once the derivatives are written, Replace(value, source) is the value alone: what only computes the source is then computed for its derivative, or not at
/// all.
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
