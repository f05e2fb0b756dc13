namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds which values and arrays differ between the iterations of a counted loop. All others are <em>uniform</em>: they have the same contents in every
/// iteration. A value that differs is an index (an integer that grows by the same amount with each iteration) or it <em>varies</em>: it is a number that needs a
/// lane for each iteration. Numbers vary from where they depend on an index or on an array that varies; this is a least fixed point. An array varies as
/// a whole. What cannot run in lanes is named as an obstacle. If the iterations are independent, statements with obstacles can run for one lane after the
/// other: the obstacle is then that of the statement, all that it computes varies, and the others may still run in lanes.
/// (Karrenberg and Hack, Whole-Function Vectorization, 2011.)
/// </summary>
internal sealed class Variation
{
    private readonly For _loop;
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly HashSet<Operand> _written;
    private readonly HashSet<Operand> _varying = new();
    private readonly Dictionary<Operand, Operand?> _indices = new();
    private readonly HashSet<Operand> _ownElements = new();
    private readonly Dictionary<Op, LaneObstacle>? _apart;

    /// <summary>Arrays from outside to which iterations only add.</summary>
    private readonly HashSet<Operand> _sums = new();

    /// <summary>Views of parts of an array from outside, each iteration's own.</summary>
    private readonly HashSet<Operand> _parts = new();

    /// <summary>Views that have no lanes: of parts that are written, or that begin at a place of the iteration's own.</summary>
    private readonly HashSet<Operand> _withoutLanes = new();
    private bool _changed;

    /// <param name="loop">The loop.</param>
    /// <param name="definitions">The definitions of its function.</param>
    /// <param name="effects">The effects of its function.</param>
    /// <param name="byStatement">Whether statements of the body may run apart, for one lane after the other.</param>
    public Variation(For loop, Definitions definitions, Effects effects, bool byStatement = false)
    {
        (_loop, _definitions, _effects, _written) = (loop, definitions, effects, effects.Writes(loop.Body));
        _apart = byStatement ? new Dictionary<Op, LaneObstacle>(ByReference<Op>.Instance) : null;
        if (byStatement) _sums.UnionWith(_written.Where(root => !definitions.IsDefinedIn(root, loop.Body) && IsOnlyAddedTo(root)));
        _indices.Add(loop.Index, null);
        if (loop is not { Step: 1, Inclusive: false, Exit: null, Trips: null, Carried.IsEmpty: true } || loop.Index.Type != ScalarType.Int32)
        {
            Obstacle = new LaneObstacle("the loop does not simply count", null);
            return;
        }

        do
        {
            (_changed, Obstacle) = (false, null);
            if (_apart is null) Visit(loop.Body);
            else VisitStatements(loop.Body, _apart);
        }
        while (_changed);
    }

    /// <summary>Why the loop cannot run in lanes; null if it can.</summary>
    public LaneObstacle? Obstacle { get; private set; }

    /// <summary>The type of the numbers that vary; null if there are none.</summary>
    public ScalarType? Element { get; private set; }

    /// <summary>Whether a number, or the contents of an array, need a lane for each iteration.</summary>
    public bool Varies(Operand operand) => _varying.Contains(operand.Type.IsStorage ? Storage(operand) : operand);

    /// <summary>Why a statement of the body must run for one lane after the other; null if it runs in lanes.</summary>
    public LaneObstacle? ObstacleOf(Op statement) => _apart!.TryGetValue(statement, out var obstacle) ? obstacle : null;

    /// <summary>Whether it is the view of a part of an array from outside, another part for each iteration.</summary>
    public bool IsPart(Operand array) => _parts.Contains(array);

    /// <summary>Whether all iterations add to the array, and none reads it.</summary>
    public bool IsSum(Operand array) => _sums.Contains(_definitions.Root(array));

    /// <summary>The storage of an array, by which it varies: what it is a view of, or the part of that which is the iteration's own.</summary>
    public Operand Storage(Operand array)
    {
        while (!_parts.Contains(array) && _definitions.OpOf(array)?.Viewed is { } of) array = of;
        return array;
    }

    /// <summary>Whether an integer grows by the same amount with each iteration.</summary>
    public bool IsIndex(Operand operand) => _indices.ContainsKey(operand);

    /// <summary>The amount by which an index grows; null for 1.</summary>
    public Operand? StrideOf(Operand index) => _indices[index];

    /// <summary>Whether each iteration has the array for itself.</summary>
    public bool IsPrivate(Operand array) => _definitions.IsDefinedIn(Storage(array), _loop.Body);

    private bool IsUniform(Operand operand) => !Varies(operand) && !IsIndex(operand);

    private bool IsOnlyAddedTo(Operand root) => _loop.Body.AllOps().All(op =>
        op is Accumulate || !op.ElementsRead().Concat(op.ElementsWritten()).Any(array => _definitions.Root(array).Equals(root)));

    private void VisitStatements(Block body, Dictionary<Op, LaneObstacle> apart)
    {
        foreach (var op in body.Ops)
        {
            if (op is View view && IsPartOfOutside(view))
            {
                if (_written.Contains(_definitions.Root(view.Array))) _withoutLanes.Add(view.Result);
                AddPart(view.Result);
                continue;
            }

            Visit(op);
            if (Obstacle is null) continue;
            (apart[op], Obstacle) = (Obstacle, null);
            if (op.Viewed is { } viewed)
            {
                _withoutLanes.Add(op.Results[0]);
                if (!_definitions.IsDefinedIn(_definitions.Root(viewed), body)) AddPart(op.Results[0]);
                else if (_varying.Add(Storage(viewed))) _changed = true;
                continue;
            }

            var written = op.WithNested().SelectMany(o => o.ElementsWritten()).Where(a => a.Type is ArrayType && IsPrivate(a)).Select(Storage);
            foreach (var varying in op.Results.Concat(written))
            {
                if (_varying.Add(varying)) _changed = true;
            }
        }
    }

    private void AddPart(Value view)
    {
        _parts.Add(view);
        if (_varying.Add(view)) _changed = true;
    }

    private bool IsInLanes(Operand array)
    {
        for (Operand? of = array; of is not null; of = _definitions.OpOf(of)?.Viewed)
        {
            if (_withoutLanes.Contains(of)) return false;
        }

        return true;
    }

    private bool IsPartOfOutside(View view) => IsIndex(view.Start) && view.Count is not null && IsUniform(view.Count) && view.Array.Type.IsFloatArray
        && !_definitions.IsDefinedIn(_definitions.Root(view.Array), _loop.Body) && Storage(view.Array).Equals(_definitions.Root(view.Array));

    private void Visit(Block block)
    {
        foreach (var op in block.Ops) Visit(op);
    }

    private void Visit(Op op)
    {
        if (op.MayShareStorage().Any()) Refuse("an array has several names", op);
        if (op.Reads().Any(o => o.Type is ArrayType && !IsInLanes(o))) Refuse("iterations have parts of an array", op);
        if (op.ElementsRead().Select(_definitions.Root).Any(_ownElements.Contains)) Refuse("an element of another iteration may be read", op);
        switch (op)
        {
            case Compute o: Visit(o); break;
            case Load o: Visit(o); break;
            case Store o: VisitWrite(o, o.Array, o.Index, o.Value); break;
            case Accumulate o: VisitWrite(o, o.Array, o.Index, o.Value); break;
            case Fill o: VisitWrite(o, o.Array, null, o.Value); break;
            case Copy o: VisitWrite(o, o.Destination, null, o.Source); break;
            case Allocate or Measure or View or Row: RequireUniform(op, op.Reads().Where(o => !o.Type.IsStorage)); break;
            case If o: Visit(o); break;
            case Loop o: Visit(o); break;
            default: VisitOther(op); break;
        }
    }

    private void Visit(Compute op)
    {
        if (op.Args.All(IsUniform)) return;
        if (AsIndex(op) is { } index)
        {
            if (!_indices.ContainsKey(op.Result)) _changed = true;
            _indices[op.Result] = index.Stride;
        }
        else if (op.Result.Type.IsFloat && (op.Function.HasLanes || (_apart is not null && op.Function.RunsOnEachLane)) && op.Args.All(HasLanes))
        {
            Vary(op.Result, op);
        }
        else
        {
            Refuse("there are no lanes for " + op.Code, op);
        }
    }

    private bool HasLanes(Operand number) => IsUniform(number) || (number.Type.IsFloat && !IsIndex(number));

    /// <summary>The sum of an index and a uniform number is an index, and so is their product if the index grows by one.</summary>
    private (Operand Index, Operand? Stride)? AsIndex(Compute op)
    {
        if (op.Result.Type != ScalarType.Int32 || op.Checked || op.Args.Length != 2) return null;
        var (a, b) = IsIndex(op.Args[0]) ? (op.Args[0], op.Args[1]) : (op.Args[1], op.Args[0]);
        if (!IsIndex(a) || !IsUniform(b)) return null;
        return op.Code switch
        {
            Opcode.Add => (a, _indices[a]),
            Opcode.Subtract when a.Equals(op.Args[0]) => (a, _indices[a]),
            Opcode.Multiply when _indices[a] is null => (a, b),
            _ => null,
        };
    }

    private void Visit(Load op)
    {
        if (IsUniform(op.Index) && !Varies(op.Array)) return;
        if (Varies(op.Index)) Refuse("the index depends on the iteration", op);
        if (IsIndex(op.Index) && (Varies(op.Array) || _written.Contains(_definitions.Root(op.Array)))) Refuse("an element of another iteration may be read", op);
        Vary(op.Result, op);
    }

    /// <summary>A write of one element, or of all.</summary>
    private void VisitWrite(Op op, Operand array, Operand? index, Operand value)
    {
        if (index is not null && Varies(index)) Refuse("the index depends on the iteration", op);
        if (index is not null && IsSum(array))
        {
            VisitSum(op, array, index, value);
        }
        else if (index is not null && IsIndex(index))
        {
            VisitOwnElement(op, array, index, value);
        }
        else if (!IsUniform(value) || Varies(array))
        {
            if (IsIndex(value)) Refuse("there are no lanes for integers", op);
            else if (!IsPrivate(array)) Refuse("iterations write to the same elements", op);
            else Vary(Storage(array), op);
        }
        else
        {
            RequireOverwritten(array, op);
        }
    }

    /// <summary>All iterations add to the element, one after the other.</summary>
    private void VisitSum(Op op, Operand array, Operand index, Operand value)
    {
        if (!IsUniform(index) || IsIndex(value)) Refuse("iterations add to different elements", op);
        else NoteElement(op, ((ArrayType)array.Type).Element);
    }

    /// <summary>A write of the element at an index: each iteration has one of its own.</summary>
    private void VisitOwnElement(Op op, Operand array, Operand index, Operand value)
    {
        if (op is not Store || IsIndex(value)) Refuse("iterations add to elements of their own", op);
        else if (!IsPrivate(array)) AddOwnElement(op, array);
        else if (Varies(value) || StrideOf(index) is not null) Refuse("lanes are stored at different elements", op);
        else Vary(Storage(array), op);
    }

    private void AddOwnElement(Op op, Operand array)
    {
        NoteElement(op, ((ArrayType)array.Type).Element);
        if (_ownElements.Add(_definitions.Root(array))) _changed = true;
    }

    private void Visit(If op)
    {
        if (!IsUniform(op.Condition)) Refuse("the branch depends on the iteration", op);
        foreach (var branch in op.Blocks())
        {
            Visit(branch);
            if (!branch.Throws()) Join(op, op.Values, branch.Yields);
        }
    }

    private void Visit(Loop op)
    {
        RequireUniform(op, op.Bounds());
        Join(op, op.Carried.Select(c => c.Param), op.Carried.Select(c => c.Init));
        foreach (var block in op.Blocks()) Visit(block);
        if (op is While { Condition: var condition }) RequireUniform(op, condition.Yields);
        if (op.Exit is not null) RequireUniform(op, new[] { op.Exit });
        Join(op, op.Carried.Select(c => c.Param), op.Body.Yields);
        Join(op, op.Carried.Select(c => c.Result), op.Carried.Select(c => c.Param));
    }

    /// <summary>A call, a check, an operation on a tape or a tensor: it runs once for all iterations if nothing in it depends on the iteration.</summary>
    private void VisitOther(Op op)
    {
        RequireUniform(op, op.Reads());
        if (op.Reads().Concat(op.Results).Any(o => o.Type is TapeType)) Refuse("values are kept on a tape", op);
        foreach (var array in op.ElementsWritten().Where(a => a.Type is ArrayType)) RequireOverwritten(array, op);
    }

    private void Join(Op op, IEnumerable<Value> to, IEnumerable<Operand> from)
    {
        foreach (var (value, source) in to.Zip(from, (value, source) => (value, source)))
        {
            if (IsIndex(source)) Refuse("an index leaves its block", op);
            else if (Varies(source)) Vary(value, op);
        }
    }

    private void Vary(Operand operand, Op by)
    {
        var type = operand.Type is ArrayType array ? array.Element : operand.Type as ScalarType;
        if (type is null || !type.IsFloat || type.IsTypeParameter || operand.Type is ArrayType { IsTensor: true }) Refuse("there are no lanes for " + operand.Type, by);
        else NoteElement(by, type);
        if (_varying.Add(operand)) _changed = true;
    }

    private void NoteElement(Op by, ScalarType type)
    {
        Element ??= type;
        if (Element != type) Refuse("it mixes float and double", by);
    }

    /// <summary>
    /// An iteration may leave elements of an array to the next. It does not if the array is its own, or if each iteration begins by overwriting it.
    /// </summary>
    private void RequireOverwritten(Operand array, Op op)
    {
        if (IsPrivate(array)) return;
        var root = _definitions.Root(array);
        var isOverwritten = _loop.Body.Ops.First(o => _effects.Touches(o, root)) switch
        {
            Copy first => first.Destination.Equals(root),
            Fill first => first.Array.Equals(root),
            _ => false,
        };
        if (!isOverwritten) Refuse("iterations pass elements on", op);
    }

    private void RequireUniform(Op op, IEnumerable<Operand> operands)
    {
        if (!operands.All(IsUniform)) Refuse(op is Loop ? "the number of iterations differs" : op.GetType().Name + " depends on the iteration", op);
    }

    private void Refuse(string reason, Op by) => Obstacle ??= new LaneObstacle(reason, by);
}
