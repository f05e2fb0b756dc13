using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Carries sums to the next iteration. In a loop over i with a[i] += v; a[i + 1] += w; each iteration waits for the store of the one
/// before. This pass carries the second sum to the next iteration in a register, and stores the last one after the loop. Relies on
/// <see cref="Aliases"/> to see that nothing else touches the array. (Predictive commoning.)
/// </summary>
internal static class RotateSums
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is Accumulate)) return function;
        var (values, aliases) = (new ValueSource(function.MaxId() + 1), new Aliases(function, new Definitions(function)));
        return function.RewritePlainLoops((loop, before) =>
        {
            var after = new List<Op>();
            before.Add(Apply(loop, values, aliases, after));
            before.AddRange(after);
        });
    }

    private static For Apply(For loop, ValueSource values, Aliases aliases, List<Op> after)
    {
        foreach (var first in loop.Body.Ops.OfType<Accumulate>().Where(a => a.Index.Equals(loop.Index)).ToList())
        {
            var touching = loop.Body.Ops.Where(op => aliases.Touches(op, first.Array)).ToList();
            if (touching.Count != 2 || touching.FirstOrDefault(t => !ReferenceEquals(t, first)) is not Accumulate second) continue;
            if (!second.Array.Equals(first.Array) || AffineIndex.Of(second.Index, loop, new LoopScope(loop)) is not { Distance: 1 }) continue;
            loop = Rotate(loop, first, second, values, after);
        }

        return loop;
    }

    private static For Rotate(For loop, Accumulate first, Accumulate second, ValueSource values, List<Op> after)
    {
        var element = (ScalarType)second.Value.Type;
        var name = first.Array is Value { Name.Length: > 0 } array ? array.Name + "Next" : "next";
        var (pending, last, sum) = (values.Fresh(element, name), values.Fresh(element, name), values.Fresh(element));
        var ops = ImmutableArray.CreateBuilder<Op>();
        foreach (var op in loop.Body.Ops)
        {
            // Both terms may be computed after either accumulation, so the sum goes where the later one stood.
            if (ReferenceEquals(op, first))
            {
                ops.Add(new Compute(sum, Opcode.Add, ImmutableArray.Create<Operand>(pending, first.Value)) { Line = first.Line });
                ops.Add(first with { Value = sum });
            }
            else if (!ReferenceEquals(op, second))
            {
                ops.Add(op);
            }
        }

        var body = new BlockBuilder(values);
        body.Add(new Accumulate(second.Array, loop.End, last));
        var any = values.Fresh(ScalarType.Bool);
        after.Add(new Compute(any, Opcode.Greater, ImmutableArray.Create(loop.End, loop.Start)));
        after.Add(new If(any, body.Build(), Block.Empty, ImmutableArray<Value>.Empty));
        return loop with
        {
            Carried = loop.Carried.Add(new Carried(pending, Operand.Zero(element), last)),
            Body = new Block(ops.ToImmutable(), loop.Body.Yields.Add(second.Value)),
        };
    }
}
