using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Input: a derivative function. Output: the same without Replace(value, source), which is the value alone once the last derivative is written. What
/// only the source needs is dropped.
/// </summary>
internal static class Replacements
{
    public static Function Resolve(Function function, CancellationToken cancellation)
    {
        var replaced = function.Body.AllOps().OfType<Compute>().Where(op => op.Code == Opcode.Replace).ToList();
        if (replaced.Count == 0) return function;
        var map = new Substitution();
        foreach (var op in replaced) map[op.Result] = map.Map(op.Args[0]);
        return Simplifier.Run(function with { Body = map.Map(function.Body) }, cancellation);
    }
}
