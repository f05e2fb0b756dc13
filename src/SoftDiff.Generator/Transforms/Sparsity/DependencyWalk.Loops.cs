using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Sparsity;

// Loops, of three kinds. If no float decides when a loop ends, it runs as in the function. If only its exit depends on floats, it runs all
// iterations that there may be, and a variable's set after it is the union of those that it has after each. Else nobody knows the number of
// iterations, and the loop runs until no set grows any more.
internal sealed partial class DependencyWalk
{
    private void VisitLoop(Loop loop, BlockBuilder into, bool isUnsure)
    {
        if (_data.IsOpen(loop)) RunToFixedPoint(loop, into);
        else if (_data.HasOpenExit(loop)) RunAll((For)loop, into);
        else Run(loop, into, isUnsure);
    }

    private void Run(Loop loop, BlockBuilder into, bool isUnsure)
    {
        var carried = Variables(loop).Where(c => !_data.Has(c.Carried.Param) || HasSets(c.Carried)).ToList();
        var inits = carried.Select(c => _data.Has(c.Carried.Param) ? SetOf(c.Carried.Init) : Known(c.Carried.Init)).ToList();
        var parameters = carried.Select(c => Result(c.Carried.Param, into)).ToList();
        var condition = new BlockBuilder(into.Values);
        if (loop is While open) Visit(open.Condition, condition, isUnsure);
        var body = new BlockBuilder(into.Values);
        Visit(loop.Body, body, isUnsure);
        var yields = body.Build(carried.Select(c => _data.Has(c.Carried.Param) ? SetOf(c.Next) : Known(c.Next)));
        var results = carried.Select((c, i) => new Carried(parameters[i], inits[i], Result(c.Carried.Result, into))).ToImmutableArray();
        var exit = loop.Exit is null ? null : Known(loop.Exit);
        into.Add(loop switch
        {
            For o => o with { Start = Known(o.Start), End = Known(o.End), Carried = results, Body = yields, Exit = exit },
            While o => o with { Carried = results, Condition = condition.Build(Known(o.Condition.Yields[0])), Body = yields, Exit = exit },
            _ => throw new UnknownOperationException("Sparsity", loop),
        });
    }

    private void RunAll(For loop, BlockBuilder into)
    {
        var known = Variables(loop).Where(c => !_data.Has(c.Carried.Param)).ToList();
        var moving = Variables(loop).Where(c => _data.Has(c.Carried.Param) && HasSets(c.Carried)).ToList();
        var carried = known.Select(c => c.Carried with { Init = Known(c.Carried.Init) }).ToList();
        var unions = new List<Value>();
        foreach (var (variable, _) in moving)
        {
            var init = SetOf(variable.Init);
            carried.Add(new Carried(Result(variable.Param, into), init, into.Values.Fresh(ScalarType.Int32)));
            unions.Add(into.Values.Fresh(ScalarType.Int32, NameOf(variable.Param)));
            carried.Add(new Carried(unions[unions.Count - 1], init, Result(variable.Result, into)));
        }

        var body = new BlockBuilder(into.Values);
        Visit(loop.Body, body, isUnsure: true);
        var yields = known.Select(c => Known(c.Next)).ToList();
        for (var i = 0; i < moving.Count; i++)
        {
            var next = SetOf(moving[i].Next);
            yields.Add(next);
            yields.Add(_sets.Union(unions[i], next, body));
        }

        into.Add(new For(loop.Index, Known(loop.Start), Known(loop.End), loop.Step, loop.Inclusive, carried.ToImmutableArray(), body.Build(yields)));
    }

    private void RunToFixedPoint(Loop loop, BlockBuilder into)
    {
        foreach (var fixedOne in loop.Carried.Where(c => !_data.Has(c.Param)))
        {
            // Other variables that do not depend on data would depend on the number of iterations.
            _map[fixedOne.Param] = Known(fixedOne.Init);
            _map[fixedOne.Result] = Known(fixedOne.Init);
        }

        var moving = Variables(loop).Where(c => _data.Has(c.Carried.Param) && HasSets(c.Carried)).ToList();
        var (again, after) = (into.Values.Fresh(ScalarType.Bool, "grows"), into.Values.Fresh(ScalarType.Bool));
        var inits = moving.Select(c => SetOf(c.Carried.Init)).ToList();
        var parameters = moving.Select(c => Result(c.Carried.Param, into)).ToList();
        var written = WrittenOutside(loop).Select(array => into.Elements(SetsOf(array))).ToList();
        var before = written.Select(array => (Array: array, Copy: Snapshot(array, into))).ToList();

        var body = new BlockBuilder(into.Values);
        foreach (var (array, copy) in before) body.Add(new Copy(array, copy));
        if (loop is While open) Visit(open.Condition, body, isUnsure: true);
        Visit(loop.Body, body, isUnsure: true);
        var next = moving.Select((c, i) => _sets.Union(parameters[i], SetOf(c.Next), body)).ToList();
        var changes = next.Select((set, i) => (Operand)body.Compute(ScalarType.Bool, Opcode.NotEqual, set, parameters[i]))
            .Concat(before.Select(b => body.Compute(ScalarType.Bool, Opcode.Not, IsSame(b.Array, b.Copy, body)))).ToList();
        var grows = changes.Count == 0 ? BoolConstant.False : changes.Aggregate((a, b) => body.Compute(ScalarType.Bool, Opcode.BitOr, a, b));
        var carried = moving.Select((c, i) => new Carried(parameters[i], inits[i], Result(c.Carried.Result, into)))
            .Append(new Carried(again, BoolConstant.True, after));
        var condition = new Block(ImmutableArray<Op>.Empty, ImmutableArray.Create<Operand>(again));
        into.Add(new While(carried.ToImmutableArray(), condition, body.Build(next.Append(grows))));
    }

    private static IEnumerable<(Carried Carried, Operand Next)> Variables(Loop loop) => loop.Carried.Zip(loop.Body.Yields, (c, next) => (c, next));

    private bool HasSets(Carried carried) => HasSets(carried.Param) || HasSets(carried.Result);

    /// <summary>The arrays with sets that a loop writes and that are not made in it.</summary>
    private IEnumerable<Operand> WrittenOutside(Loop loop)
    {
        var effects = new Effects(_definitions);
        return loop.Blocks().SelectMany(effects.Writes).Distinct()
            .Where(root => HasSets(root) && !loop.Blocks().Any(block => _definitions.IsDefinedIn(root, block)))
            .OrderBy(root => ((Value)root).Id);
    }

    private static Value Snapshot(Operand array, BlockBuilder into)
    {
        var copy = into.Values.Fresh(((ArrayType)array.Type).AsSpan());
        into.Add(new Allocate(copy, into.Length(array), Cleared: false));
        return copy;
    }

    private static Value IsSame(Operand array, Operand copy, BlockBuilder into)
    {
        var same = into.Values.Fresh(ScalarType.Bool);
        into.Add(new Invoke(ImmutableArray.Create(same), "global::System.MemoryExtensions.SequenceEqual<int>", new[] { array, copy }));
        return same;
    }
}
