using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Moves scratch out of loops: an array whose length is known before the loop is made there once and, where the loop wants it cleared,
/// cleared in its old place. Stack memory taken in a loop would not come back until the method returns. Input and output: a finished function.
/// Runs last, since other passes look for an array in the loop that makes it.
/// </summary>
internal sealed class HoistScratch
{
    private readonly ValueSource _values;
    private readonly HashSet<Operand> _counts;

    private HoistScratch(Function function)
    {
        _values = new ValueSource(function.MaxId() + 1);
        _counts = new HashSet<Operand>(function.Body.AllOps().OfType<Length>().Select(length => length.Result));
    }

    public static Function Apply(Function function) =>
        function.Body.AllOps().Any(op => op is Loop) ? function with { Body = new HoistScratch(function).Visit(function.Body) } : function;

    private Block Visit(Block block)
    {
        var ops = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
        foreach (var op in block.Ops)
        {
            switch (op)
            {
                case If @if:
                    ops.Add(@if with { Then = Visit(@if.Then), Else = Visit(@if.Else) });
                    break;
                case For loop:
                    ops.Add(Lift(loop with { Body = Visit(loop.Body) }, ops));
                    break;
                case While loop:
                    ops.Add(Lift(loop with { Condition = Visit(loop.Condition), Body = Visit(loop.Body) }, ops));
                    break;
                default:
                    ops.Add(op);
                    break;
            }
        }

        return block with { Ops = ops.ToImmutable() };
    }

    private Op Lift(Loop loop, ImmutableArray<Op>.Builder before)
    {
        var inside = new HashSet<Value>(loop.BlockParameters());
        var definitions = new Dictionary<Value, Op>();
        foreach (var op in loop.Body.AllOps())
        {
            inside.UnionWith(op.BlockParameters());
            foreach (var result in op.Results)
            {
                inside.Add(result);
                definitions[result] = op;
            }
        }

        var moved = new HashSet<Value>();
        foreach (var allocate in loop.Body.AllOps().OfType<Allocate>().ToList())
        {
            var chain = new List<Op>();
            if (!Reach(allocate.Length, inside, definitions, chain)) continue;
            foreach (var op in chain)
            {
                if (moved.Add(op.Results[0])) before.Add(op);
            }

            moved.Add(allocate.Result);
            before.Add(allocate with { Length = AtLeastZero(allocate.Length, before), Cleared = false });
        }

        if (moved.Count == 0) return loop;
        var body = Strip(loop.Body, moved);
        return loop is For @for ? @for with { Body = body } : (While)loop with { Body = body };
    }

    /// <summary>The loop may not run, or not come to the array, because the length is negative.</summary>
    private Operand AtLeastZero(Operand length, ImmutableArray<Op>.Builder before)
    {
        if (length.Type != ScalarType.Int32 || _counts.Contains(length)) return length;
        return Compute.AtLeastZero(length, _values, before.Add);
    }

    /// <summary>Collects what must move for the operand to be known before the loop; false if that cannot be.</summary>
    private static bool Reach(Operand operand, HashSet<Value> inside, Dictionary<Value, Op> definitions, List<Op> chain)
    {
        if (operand is not Value value || !inside.Contains(value)) return true;
        if (!definitions.TryGetValue(value, out var op) || !MayMove(op)) return false;
        if (!op.Reads().All(o => Reach(o, inside, definitions, chain))) return false;
        chain.Add(op);
        return true;
    }

    private static bool MayMove(Op op) => op is Compute { Code: Opcode.Pure } || op.Freedom.HasFlag(Freedom.Move);

    private static Block Strip(Block block, HashSet<Value> moved)
    {
        var ops = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
        foreach (var op in block.Ops)
        {
            switch (op)
            {
                case Allocate allocate when moved.Contains(allocate.Result):
                    if (allocate.Cleared) ops.Add(new Fill(allocate.Result, Operand.Zero(((ArrayType)allocate.Result.Type).Element)) { Line = allocate.Line });
                    break;
                case Compute or Length when moved.Contains(op.Results[0]):
                    break;
                case If @if:
                    ops.Add(@if with { Then = Strip(@if.Then, moved), Else = Strip(@if.Else, moved) });
                    break;
                case For loop:
                    ops.Add(loop with { Body = Strip(loop.Body, moved) });
                    break;
                case While loop:
                    ops.Add(loop with { Condition = Strip(loop.Condition, moved), Body = Strip(loop.Body, moved) });
                    break;
                default:
                    ops.Add(op);
                    break;
            }
        }

        return block with { Ops = ops.ToImmutable() };
    }
}
