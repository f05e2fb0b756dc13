using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Loops in lanes, with lanes of one number.
internal sealed partial class Interpreter
{
    private void Run(LaneCall op, Dictionary<int, object> scope)
    {
        if (!_functions.TryGetValue(op.Callee, out var callee)) throw new ArgumentException("The interpreter was not given " + op.Callee);
        Enter(callee, [0L, Integer(op.Count, scope), .. Read(op.Args, scope)]);
        if (op.Rest is not null) scope[op.Rest.Id] = (long)Integer(op.Count, scope);
    }

    /// <summary>With one lane, rows and lanes have the same order.</summary>
    private static void Move(Cells from, long start, Cells to)
    {
        var count = Math.Min(to.Count, from.Count - start);
        for (var i = 0; i < count; i++) to[i] = from[start + i];
    }

    private void Run(LaneRowSum op, Dictionary<int, object> scope)
    {
        var (start, first) = (Integer(op.Start, scope), Integer(op.First, scope));
        var (sums, rows) = (Array(op.Array, scope), Array(op.Rows, scope));
        for (var i = 0; i < Integer(op.Count, scope); i++)
        {
            sums[start + i] = (double)sums[start + i] + ((double)Read(op.Factor, scope) * (double)rows[first + i]);
        }
    }
}
