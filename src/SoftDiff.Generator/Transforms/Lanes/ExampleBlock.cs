using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Writes the body of a loop over examples for several of them, one in each lane. Statements run together, on lanes, or apart: a loop over the
/// lanes runs consecutive statements of that kind for one example after the other, as they were.
/// </summary>
internal sealed class ExampleBlock
{
    private readonly For _loop;
    private readonly Variation _variation;
    private readonly Definitions _definitions;
    private readonly ExampleStatements _statements;
    private readonly RowSums _rows;
    private readonly LaneRewriter _rewriter;
    private readonly List<Group> _groups = new();

    public ExampleBlock(For loop, Variation variation, Definitions definitions, ExampleStatements statements, RowSums rows, LaneRewriter rewriter)
    {
        (_loop, _variation, _definitions, _statements, _rows, _rewriter) = (loop, variation, definitions, statements, rows, rewriter);
        foreach (var op in statements.All.Where(op => statements[op] != ExampleRun.Again)) Add(op, statements[op]);
        foreach (var group in _groups.Where(group => group.Run == ExampleRun.Apart)) group.Again = statements.Again(group.Ops);
    }

    private sealed record Group(ExampleRun Run, List<Op> Ops)
    {
        /// <summary>What it computes again.</summary>
        public ImmutableArray<Op> Again { get; set; } = ImmutableArray<Op>.Empty;

        public IEnumerable<Operand> Reads => Again.Concat(Ops).SelectMany(op => op.AllReads());

        public IEnumerable<Value> Results => Ops.SelectMany(op => op.Results);
    }

    public void Write(ExampleStorage storage, Value lanes, BlockBuilder block)
    {
        foreach (var group in _groups)
        {
            switch (group.Run)
            {
                case ExampleRun.Array: Make((Allocate)group.Ops[0], storage); break;
                case ExampleRun.Part: Move((View)group.Ops[0], block); break;
                case ExampleRun.Apart: WriteApart(group, storage, lanes, block); break;
                default: WriteTogether(group, storage, block); break;
            }
        }
    }

    /// <summary>Adds a statement. Those that run apart join the group before; arrays and parts between them are made before that group.</summary>
    private void Add(Op op, ExampleRun run)
    {
        var last = _groups.FindLastIndex(group => group.Run is not (ExampleRun.Array or ExampleRun.Part));
        if (run != ExampleRun.Apart || last < 0 || _groups[last].Run != run)
        {
            _groups.Add(new Group(run, new List<Op> { op }));
            return;
        }

        var group = _groups[last];
        group.Ops.Add(op);
        _groups.RemoveAt(last);
        _groups.Add(group);
    }

    private bool IsRead(Value value, ExampleRun by, Group? except = null) =>
        _groups.Any(group => group.Run == by && group != except && group.Reads.Contains(value));

    private bool IsUsed(Allocate made, ExampleRun by) => _groups.Any(group => group.Run == by && MakersOf(group.Reads).Contains(made.Result));

    /// <summary>The arrays, each example's own, that some operands are or show.</summary>
    private IEnumerable<Value> MakersOf(IEnumerable<Operand> operands) =>
        operands.Where(o => o.Type is ArrayType).Select(_statements.MakerOf).Where(made => made is not null).Select(made => made!.Result).Distinct();

    private void Make(Allocate made, ExampleStorage storage)
    {
        var lanes = IsUsed(made, ExampleRun.Together) ? _rewriter.Define(made.Result) : null;
        var hasRows = _groups.Any(group => RowsOf(group).Contains(made.Result));
        storage.Make(made, lanes, hasRows || IsUsed(made, ExampleRun.Apart));
    }

    /// <summary>Moves the examples' parts of an array to lanes.</summary>
    private void Move(View part, BlockBuilder block)
    {
        if (!_groups.Any(group => group.Run == ExampleRun.Together && group.Reads.Any(o => o.Type is ArrayType && _variation.Storage(o).Equals(part.Result)))) return;
        var lanes = _rewriter.Define(part.Result);
        block.Add(new Allocate(lanes, part.Count!, Cleared: false));
        block.Add(new RowsToLanes(part.Array, part.Start, _variation.StrideOf(part.Start) ?? ArrayCode.Int(1), lanes));
    }

    private void WriteTogether(Group group, ExampleStorage storage, BlockBuilder block)
    {
        var touched = Touched(group).ToList();
        foreach (var array in RowsOf(group)) storage.NeedRows(array, isWritten: false);
        foreach (var (array, isWritten) in touched) storage.NeedLanes(array, isWritten);
        var ops = _rows.Apply(group.Ops[0], array => RowsOf(array, storage), block.Values);
        block.AddRange(_rewriter.Map(new Block(ops, ImmutableArray<Operand>.Empty)).Ops);
        foreach (var number in group.Results.Where(v => IsNumber(v) && IsRead(v, ExampleRun.Apart) && !IsComputedAgain(v)))
        {
            storage.Put(number, _rewriter.Map(number));
        }
    }

    /// <summary>The arrays, each example's own, whose rows the group adds.</summary>
    private IEnumerable<Value> RowsOf(Group group) => group.Run == ExampleRun.Together ? MakersOf(group.Ops.SelectMany(_rows.Rows)) : Array.Empty<Value>();

    private (Operand Rows, Operand First, Operand Stride) RowsOf(Operand array, ExampleStorage storage) =>
        _statements.MakerOf(array) is { } made ? storage.Rows(made.Result)
        : _definitions.OpOf(array) is View part ? (part.Array, part.Start, _variation.StrideOf(part.Start) ?? ArrayCode.Int(1))
        : throw new InvalidOperationException("The array is no example's own.");

    /// <summary>for (lane …) { the group's statements for the example in that lane }</summary>
    private void WriteApart(Group group, ExampleStorage storage, Value lanes, BlockBuilder block)
    {
        foreach (var (array, isWritten) in Touched(group)) storage.NeedRows(array, isWritten);
        var lane = block.Values.Fresh(ScalarType.Int32, "lane");
        var body = new BlockBuilder(block.Values) { Line = _loop.Line };
        var copy = new Substitution(block.Values);
        copy[_loop.Index] = body.Compute(ScalarType.Int32, Opcode.Add, _loop.Index, lane);
        foreach (var array in MakersOf(group.Reads)) copy[array] = storage.Row(array, lane, body);
        foreach (var number in group.Reads.OfType<Value>().Distinct().Where(v => IsNumber(v) && !IsComputedAgain(v) && !group.Results.Contains(v)))
        {
            copy[number] = storage.Take(number, lane, body);
        }

        foreach (var op in group.Again.Concat(group.Ops)) body.Add(copy.Map(op));
        var leaving = group.Results.Where(v => IsRead(v, ExampleRun.Together) || IsRead(v, ExampleRun.Apart, group)).ToList();
        foreach (var number in leaving) storage.Put(number, lane, copy.Map(number), body);
        block.Add(new For(lane, ArrayCode.Int(0), lanes, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
        foreach (var number in leaving.Where(v => IsRead(v, ExampleRun.Together))) storage.Take(number, (Value)_rewriter.Map(number));
    }

    /// <summary>Whether a statement of the loop gives the scalar, and it differs between examples.</summary>
    private bool IsNumber(Value value) => value.Type is ScalarType && _variation.Varies(value) && IsOfStatement(value);

    private bool IsOfStatement(Value value) =>
        _definitions.OpOf(value) is { } op && _statements.All.Contains(op) && op.Results.Contains(value);

    private bool IsComputedAgain(Value value) => _groups.Any(group => group.Again.Any(op => op.Results.Contains(value)));

    private IEnumerable<(Value Array, bool IsWritten)> Touched(Group group)
    {
        var ops = group.Ops.SelectMany(op => op.WithNested()).ToList();
        var written = new HashSet<Value>(MakersOf(ops.SelectMany(op => op.ElementsWritten())));
        return MakersOf(ops.SelectMany(op => op.ElementsRead().Concat(op.ElementsWritten()))).Select(array => (array, written.Contains(array)));
    }
}
