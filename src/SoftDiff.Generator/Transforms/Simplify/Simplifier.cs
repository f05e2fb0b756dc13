using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Input and output: a function. Shares common subexpressions (by dominance and memory state), folds constants, hoists loop invariants,
/// resolves branches with a known condition, and drops dead code. Floating-point results keep their bits.
/// </summary>
internal static class Simplifier
{
    private const int MostRounds = 6;

    public static Function Run(Function function, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var body = new SubexpressionPass(function).Run();
            body = DeadCode.Remove(function with { Body = body });
            var next = function with { Body = body };
            var same = body.AllOps().Count() == function.Body.AllOps().Count();
            function = next;
            if (same && round > 0) break;
        }

        return function;
    }
}
