using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>How a statement of a loop over examples runs when several examples run at once.</summary>
internal enum ExampleRun
{
    /// <summary>Once for all lanes.</summary>
    Together,

    /// <summary>For one lane after the other.</summary>
    Apart,

    /// <summary>It makes an array that each example has for itself.</summary>
    Array,

    /// <summary>It is a part of an array, the example's own. Statements that run apart take it again.</summary>
    Part,

    /// <summary>Statements that run apart compute it again.</summary>
    Again,
}

/// <summary>The statements of a loop over examples: how each runs, and what those that run apart need of the others.</summary>
internal sealed class ExampleStatements
{
    private readonly For _loop;
    private readonly Variation _variation;
    private readonly Definitions _definitions;
    private readonly RowSums _rows;
    private readonly HashSet<Operand> _written;
    private readonly Dictionary<Op, ExampleRun> _runs = new(ByReference<Op>.Instance);

    public ExampleStatements(For loop, Variation variation, Definitions definitions, Effects effects, RowSums rows)
    {
        (_loop, _variation, _definitions, _written, _rows) = (loop, variation, definitions, effects.Writes(loop.Body), rows);
        foreach (var op in loop.Body.Ops) _runs[op] = RunOf(op);

        // What statements on lanes read needs its lanes.
        var read = new HashSet<Operand>(All.Where(op => this[op] == ExampleRun.Together).SelectMany(op => op.AllReads()));
        foreach (var op in All.Where(op => this[op] == ExampleRun.Again && op.Results.Any(r => r.Type is ScalarType && read.Contains(r)))) _runs[op] = ExampleRun.Apart;
    }

    public ImmutableArray<Op> All => _loop.Body.Ops;

    /// <summary>Whether the block of several examples can be written: no array but views and the examples' own leaves its statement.</summary>
    public bool IsPossible => All.All(op => this[op] != ExampleRun.Apart || op.Results.All(r => r.Type is ScalarType));

    /// <summary>
    /// Whether it pays: a statement for all lanes has sums in a loop inside a loop. Each term waits for the one before; now there is a term of each lane.
    /// The sums read elements that lie side by side for all lanes: gathering them one by one in each inner loop takes longer than it saves.
    /// </summary>
    public bool Pays => All.Any(op => this[op] == ExampleRun.Together && op is For outer
        && outer.Body.AllOps().OfType<For>().Any(inner => inner.Carried.Any(carried => _variation.Varies(carried.Param)) && !inner.Body.AllOps().Any(IsGathered)));

    private bool IsGathered(Op op) => op is Load load && _variation.IsIndex(load.Index) && _variation.StrideOf(load.Index) is not null;

    public ExampleRun this[Op statement] => _runs[statement];

    /// <summary>The statement that makes the array, if each example has it for itself; null for any other array.</summary>
    public Allocate? MakerOf(Operand array) =>
        _definitions.OpOf(_variation.Storage(array)) is Allocate made && _runs.TryGetValue(made, out var run) && run == ExampleRun.Array ? made : null;

    /// <summary>The statements that others, which run apart, compute again, in order.</summary>
    public ImmutableArray<Op> Again(IEnumerable<Op> apart)
    {
        var found = new HashSet<Op>(ByReference<Op>.Instance);
        void Need(Operand operand)
        {
            if (_definitions.OpOf(operand) is not { } op || !_runs.ContainsKey(op) || !IsComputedAgain(op) || !found.Add(op)) return;
            foreach (var read in op.Reads()) Need(read);
        }

        foreach (var read in apart.SelectMany(op => op.AllReads())) Need(read);
        return All.Where(found.Contains).ToImmutableArray();
    }

    private bool IsComputedAgain(Op op) => this[op] is ExampleRun.Again or ExampleRun.Part
        || (this[op] == ExampleRun.Together && op.Results.Any(r => _variation.Varies(r) || _variation.IsIndex(r)) && IsRepeatable(op));

    private ExampleRun RunOf(Op op)
    {
        if (op is Allocate made && _variation.Varies(made.Result))
        {
            return _variation.ObstacleOf(op) is null ? ExampleRun.Array : ExampleRun.Apart;
        }

        if (op is View view && _variation.IsPart(view.Result) && _variation.ObstacleOf(op) is null) return ExampleRun.Part;
        if (_variation.ObstacleOf(op) is null) return _rows.Fits(op) && !FollowsApart(op) ? ExampleRun.Together : ExampleRun.Apart;
        return IsRepeatable(op) ? ExampleRun.Again : ExampleRun.Apart;
    }

    /// <summary>Whether it only writes down what a statement that runs apart has computed.</summary>
    private bool FollowsApart(Op op) => (op as Store)?.Value is Value value && IsFromApart(value) || (op as Accumulate)?.Value is Value term && IsFromApart(term);

    private bool IsFromApart(Value value) => _definitions.OpOf(value) is { } from && _runs.TryGetValue(from, out var run) && run == ExampleRun.Apart;

    /// <summary>Whether the operation can run again in any later statement: it reads what nothing writes, and no number that needs a lane.</summary>
    private bool IsRepeatable(Op op)
    {
        if (!op.Freedom.HasFlag(Freedom.Repeat) || !op.Blocks().IsEmpty) return false;
        if (op is Compute { Result.Type.IsFloat: true }) return false;
        if (op.ElementsRead().Select(_definitions.Root).Any(root => _written.Contains(root))) return false;
        return op.Reads().All(read => read.Type.IsStorage || !_variation.Varies(read)
            || (_definitions.OpOf(read) is { } from && _loop.Body.Ops.Contains(from) && IsRepeatable(from)));
    }
}
