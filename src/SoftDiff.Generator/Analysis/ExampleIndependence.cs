namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds whether the statements of one iteration may run between those of others, as they do where several iterations run at once. No
/// iteration may read or write an element that another one writes. There is one exception: all may add to an array that none of them reads.
/// Then only the order of these additions changes. Relies on <see cref="Variation"/> by statements.
/// </summary>
internal sealed class ExampleIndependence
{
    private readonly For _loop;
    private readonly Definitions _definitions;
    private readonly Variation _variation;

    private ExampleIndependence(For loop, Definitions definitions, Variation variation) =>
        (_loop, _definitions, _variation) = (loop, definitions, variation);

    /// <summary>What keeps the iterations from running together; null if nothing does.</summary>
    public static LaneObstacle? Obstacle(For loop, Definitions definitions, Effects effects, Variation variation)
    {
        var test = new ExampleIndependence(loop, definitions, variation);
        foreach (var op in loop.Body.AllOps())
        {
            if (op.RunsOnce) return new LaneObstacle("objects are read or changed", op);
            if (op.MayShareStorage().Any()) return new LaneObstacle("an array has several names", op);
            if (op.Reads().Concat(op.Results).Any(o => o.Type is TapeType)) return new LaneObstacle("values are kept on a tape", op);
        }

        foreach (var root in effects.Writes(loop.Body).Where(root => !definitions.IsDefinedIn(root, loop.Body)))
        {
            if (!variation.IsSum(root) && !test.IsOwnElement(root) && !test.IsOwnPart(root)) return new LaneObstacle("iterations share an array that they write", null);
        }

        return null;
    }

    private IEnumerable<(Op Op, Operand Array)> Uses(Operand root) =>
        from op in _loop.Body.AllOps()
        from array in op.ElementsRead().Concat(op.ElementsWritten())
        where array.Type is ArrayType && _definitions.Root(array).Equals(root)
        select (op, array);

    /// <summary>Whether each iteration has one element.</summary>
    private bool IsOwnElement(Operand root)
    {
        var indices = Uses(root).Select(use => !use.Array.Equals(root) ? null : use.Op switch
        {
            Load load => load.Index,
            Store store => store.Index,
            Accumulate sum => sum.Index,
            _ => null,
        }).Distinct().ToList();
        return indices.Count == 1 && indices[0] is { } index && _variation.IsIndex(index)
            && _variation.StrideOf(index) is null or IntegerConstant { Number: not 0 };
    }

    /// <summary>Whether each iteration has a part, and the parts do not overlap.</summary>
    private bool IsOwnPart(Operand root)
    {
        var parts = Uses(root).Select(use => Outermost(use.Array)).Distinct().ToList();
        if (parts.Any(part => part is null || !_variation.IsIndex(part.Start))) return false;
        var (start, count) = (parts[0]!.Start, parts[0]!.Count);
        if (count is null || parts.Any(part => !part!.Start.Equals(start) || !count.Equals(part.Count))) return false;
        return (_variation.StrideOf(start), count) switch
        {
            (IntegerConstant stride, IntegerConstant length) => stride.Number >= length.Number,
            (null, _) => false,
            var (stride, length) => length.Equals(stride),
        };
    }

    /// <summary>The view of the root itself by which an array is reached; null if it is the root.</summary>
    private View? Outermost(Operand array)
    {
        View? last = null;
        while (_definitions.OpOf(array) is { Viewed: { } of } op)
        {
            last = op as View;
            array = of;
        }

        return last;
    }
}
