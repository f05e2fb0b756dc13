using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Input and output: a function. Shares common subexpressions (by dominance and memory state), folds constants, hoists loop invariants,
/// resolves branches with a known condition, and drops dead code. Floating-point results keep their bits.
/// </summary>
internal static class Simplifier
{
    private const int MostRounds = 6;

    public static Function Run(Function function, CancellationToken cancellation) => Run(function, sharesBranches: false, cancellation);

    /// <summary>
    /// The same. Branches on the same condition also share what they compute, which keeps values alive from one to the other.
    /// </summary>
    public static Function ShareBranches(Function function, CancellationToken cancellation) =>
        Run(function, sharesBranches: true, cancellation);

    private static Function Run(Function function, bool sharesBranches, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var body = new SubexpressionPass(function, sharesBranches).Run();
            body = DeadCode.Remove(function with { Body = body });
            var next = function with { Body = body };
            var same = body.AllOps().Count() == function.Body.AllOps().Count();
            function = next;
            if (same && round > 0) break;
        }

        return function;
    }
}
