using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Replaces Replace(value, source) by the value, after the last differentiation. Input and output: a derivative function. Code that only
/// the source needs is dropped.
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
