using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Runs several iterations of a loop over examples of the root at once, if inner loops have sums: each term of a sum waits for the one before, so a processor has
/// time for the same terms of other examples. Input: a module. Output: the same with such loops as functions over a lane type (<see cref="LaneCall"/>).
/// Where an example needs a path of its own (a call, a condition, an index that differs), the statement runs for one lane after the other. Each lane is
/// rounded as one example is. The loop itself stays for the examples that fill no vector. Relies on <see cref="Variation"/> and <see cref="ExampleIndependence"/>; any other loop stays as it is.
/// </summary>
internal static class RunExamplesInLanes
{
    /// <summary>Fewer examples than twice the lanes of the widest vector are not worth a second loop.</summary>
    private const int FewExamples = 16;

    public static Module Run(Module module)
    {
        // A lane function has one type parameter, which is the lane type.
        if (module.IsGeneric) return module;
        foreach (var loop in module.Root.Body.Ops.OfType<For>().Where(MayPay))
        {
            if (Apply(module.Root, loop) is not var (root, lanes)) continue;
            module = module with { Root = root, Callees = module.Callees.Add(lanes).Sort((a, b) => string.CompareOrdinal(a.Name, b.Name)) };
        }

        return module;
    }

    /// <summary>Whether the loop is of the right shape and has a loop with sums in a loop.</summary>
    private static bool MayPay(For loop) => loop is { IsPlain: true, IsOverDirections: false, Trips: null, End: not IntegerConstant { Number: < FewExamples } }
        && loop.Body.AllOps().OfType<For>().Any(outer => outer.Body.AllOps().OfType<For>().Any(inner => inner.Carried.Any(carried => carried.Param.Type.IsFloat)));

    private static (Function Changed, Function Lanes)? Apply(Function function, For original)
    {
        var values = new ValueSource(function.MaxId() + 1);
        if (LoopTotals.Of(original, values) is not var (before, loop, after, rest)) return null;
        var changed = With(function, original, before.Add(loop));
        var definitions = new Definitions(changed);
        var effects = new Effects(definitions);
        var variation = new Variation(loop, definitions, effects, byStatement: true);
        if (variation is not { Obstacle: null, Element: { } element }) return null;
        if (ExampleIndependence.Obstacle(loop, definitions, effects, variation) is not null) return null;
        var lane = ScalarType.Lane(element);
        var rows = new RowSums(variation, lane);
        var statements = new ExampleStatements(loop, variation, definitions, effects, rows);
        if (!statements.IsPossible || !statements.Pays) return null;
        var lanes = new LaneFunction(changed, definitions, loop, lane);
        if (!lanes.IsPossible) return null;
        var block = new ExampleBlock(loop, variation, definitions, statements, rows, new LaneRewriter(variation, lane, values));
        var run = lanes.Build(values, (once, body, count) => block.Write(new ExampleStorage(lane, count, once, body), count, body));
        var done = values.Fresh(ScalarType.Int32, "done");
        return (With(function, original, before.Add(lanes.Call(run, done)).AddRange(after).Add(rest with { Start = done })), run);
    }

    private static Function With(Function function, For loop, IEnumerable<Op> by)
    {
        var at = function.Body.Ops.IndexOf(loop);
        return function with { Body = function.Body with { Ops = function.Body.Ops.RemoveAt(at).InsertRange(at, by) } };
    }
}
