using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Carries loaded elements to the next iteration. If a loop over i reads a[i] and a[i + 1] and does not write the array, the second element
/// stays in a register and is the first one of the next iteration. Input: a loop. Output: the load of the first element, and the loop with
/// the element as a carried variable. Relies on <see cref="Aliases"/> for what touches the array. (Predictive commoning.)
/// </summary>
internal static class RotateLoads
{
    public static Function Run(Function function)
    {
        if (!function.Body.AllOps().Any(op => op is For)) return function;
        var (values, aliases) = (new ValueSource(function.MaxId() + 1), new Aliases(function, new Definitions(function)));
        return function.RewriteOps((op, before) => before.Add(op is For loop ? Apply(loop, values, aliases, before) : op));
    }

    private static For Apply(For loop, ValueSource values, Aliases aliases, ImmutableArray<Op>.Builder before)
    {
        if (loop is not { Step: 1, Inclusive: false, Exit: null } || loop.Index.Type != ScalarType.Int32) return loop;
        // The first load moves before the loop, so the body must not contain a guard that would have stopped it.
        if (loop.Body.AllOps().Any(op => op is Throw or RowUpdate || (op is Invoke && op.Results.Length == 0))) return loop;
        if (loop.Body.Ops.OfType<Load>().Take(2).Count() < 2) return loop;
        var scope = new LoopScope(loop);
        long? Offset(Load load) => AffineIndex.Of(load.Index, loop, scope)?.Distance;
        var loads = loop.Body.Ops.OfType<Load>().Where(load => load.Array is Value && scope.IsOutside(load.Array))
            .Select(load => (Load: load, Offset: Offset(load)));
        // In the order of the elements. Each rotation removes the load on the left, so of a[i - 1], a[i], a[i + 1] the load in the middle
        // is still there when its turn comes.
        foreach (var (next, at) in loads.OrderBy(l => l.Offset).ToList())
        {
            if (at is not { } offset || next.Result.Type is not ScalarType element) continue;
            var first = loop.Body.Ops.OfType<Load>().FirstOrDefault(load => load.Array.Equals(next.Array) && Offset(load) == offset - 1);
            if (first is null || loop.Body.AllOps().Any(op => op is not Load && !op.Blocks().Any() && aliases.Touches(op, next.Array))) continue;
            loop = Rotate(loop, first, next, element, offset - 1, values, before);
        }

        return loop;
    }

    private static For Rotate(For loop, Load first, Load next, ScalarType element, long offset, ValueSource values, ImmutableArray<Op>.Builder before)
    {
        // A loop that does not run reads nothing.
        var name = first.Result.Name;
        var (any, start, current, last) = (values.Fresh(ScalarType.Bool), values.Fresh(element), values.Fresh(element, name), values.Fresh(element));
        before.Add(new Compute(any, Opcode.Less, ImmutableArray.Create(loop.Start, loop.End)));
        var load = new BlockBuilder(values);
        var index = loop.Start is IntegerConstant constant
            ? new IntegerConstant(ScalarType.Int32, constant.Number + offset)
            : offset == 0 ? loop.Start : load.Compute(ScalarType.Int32, Opcode.Add, loop.Start, new IntegerConstant(ScalarType.Int32, offset));
        var read = load.Load(first.Array, index);
        var zero = new Block(ImmutableArray<Op>.Empty, ImmutableArray.Create(Operand.Zero(element)));
        before.Add(new If(any, load.Build(read), zero, ImmutableArray.Create(start)));

        var map = new Substitution { [first.Result] = current };
        var body = map.Map(loop.Body with { Ops = loop.Body.Ops.Remove(first) });
        return loop with
        {
            Carried = loop.Carried.Add(new Carried(current, start, last)),
            Body = body with { Yields = body.Yields.Add(next.Result) },
        };
    }
}
