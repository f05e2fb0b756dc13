using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Hoists scratch arrays out of loops. An array whose length is known before the loop is made there once; if the loop needs zeros, it
/// clears the array at the old place. Stack memory that a loop allocates is freed only when the method returns.
/// </summary>
internal sealed class HoistScratch
{
    private readonly ValueSource _values;
    private readonly Definitions _definitions;

    private HoistScratch(Function function)
    {
        _values = new ValueSource(function.MaxId() + 1);
        _definitions = new Definitions(function);
    }

    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().OfType<Loop>().Any(loop => loop.Body.AllOps().Any(op => op is Allocate))) return function;
        var pass = new HoistScratch(function);
        return function.RewriteOps((op, before) => before.Add(op is Loop loop ? pass.Lift(loop, before) : op));
    }

    private Loop Lift(Loop loop, ImmutableArray<Op>.Builder before)
    {
        var (scope, moved) = (new LoopScope(loop), new HashSet<Value>());
        foreach (var allocate in loop.Body.AllOps().OfType<Allocate>())
        {
            var chain = new List<Op>();
            if (!Reach(allocate.Length, scope, chain)) continue;
            foreach (var op in chain)
            {
                if (moved.Add(op.Results[0])) before.Add(op);
            }

            moved.Add(allocate.Result);
            before.Add(allocate with { Length = AtLeastZero(allocate.Length, before), Cleared = false });
        }

        if (moved.Count == 0) return loop;
        bool IsMoved(Op op) => op.Results.Length == 1 && moved.Contains(op.Results[0]);
        return loop.WithBody(loop.Body
            .Without(op => IsMoved(op) && op is not Allocate { Cleared: true })
            .MapLeaves(op => op is Allocate allocate && IsMoved(op) ? Clear(allocate) : op));
    }

    private static Fill Clear(Allocate allocate) =>
        new(allocate.Result, Operand.Zero(((ArrayType)allocate.Result.Type).Element)) { Line = allocate.Line };

    /// <summary>The loop may not run, or not come to the array, because the length is negative.</summary>
    private Operand AtLeastZero(Operand length, ImmutableArray<Op>.Builder before) =>
        length.Type != ScalarType.Int32 || ArrayLengths.IsCount(length, _definitions.OpOf(length)) ? length : Compute.AtLeastZero(length, _values, before.Add);

    /// <summary>
    /// Collects the operations that must move before the loop so that the operand is known there; false if that is impossible.
    /// </summary>
    private static bool Reach(Operand operand, LoopScope scope, List<Op> chain)
    {
        if (scope.IsOutside(operand)) return true;
        if (scope.OpOf(operand) is not { } op || !MayMove(op) || !op.Reads().All(o => Reach(o, scope, chain))) return false;
        chain.Add(op);
        return true;
    }

    private static bool MayMove(Op op) => op is Compute { Code: Opcode.Pure } || op.Freedom.HasFlag(Freedom.Move);
}
