namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Computes how much room an array needs that grows: for the rows of a new array of arrays, for a list, or for the arrays that iterations make. Input: the
/// operations of a function, which add elements. Output: the same with a copy of some operations before the array is made: those that decide on how many
/// elements are added. The copy runs the loops that add them, and adds up numbers instead.
/// </summary>
internal sealed class StorageSizes
{
    private readonly GrowingStorage _storage;
    private readonly ValueSource _values;
    private readonly HashSet<Value> _needed = new();
    private readonly Dictionary<Value, Op> _definitions = new();

    /// <summary>The arrays that are written after the storage is made. Elements of others are the same then as before.</summary>
    private readonly HashSet<Operand> _written = new();
    private bool _changed;
    private bool _isKnown = true;

    private StorageSizes(Block body, GrowingStorage storage, ValueSource values)
    {
        (_storage, _values) = (storage, values);
        foreach (var op in body.AllOps())
        {
            foreach (var result in op.Results) _definitions[result] = op;
        }
    }

    /// <summary>The body with the size of the rows' storage; null if that is not known before the storage is made.</summary>
    public static Block? Insert(Block body, GrowingStorage storage, ValueSource values) => new StorageSizes(body, storage, values).Insert(body);

    private Block? Insert(Block block)
    {
        for (var i = 0; i < block.Ops.Length; i++)
        {
            if (block.Ops[i] is not Allocate made || !MakesStorage(made)) continue;
            var isUsedElsewhere = !made.Length.Equals(_storage.Capacity) || block.AllReads().Count(read => read.Equals(_storage.Capacity)) > 1;
            return !isUsedElsewhere && Sizing(block.Ops.RemoveRange(0, i + 1)) is { } sizing
                ? block with { Ops = block.Ops.InsertRange(i, sizing) }
                : null;
        }

        foreach (var op in block.Ops.Where(op => op.WithNested().Any(MakesStorage)))
        {
            var isFound = true;
            var mapped = op.MapBlocks(inner =>
            {
                if (!inner.AllOps().Any(MakesStorage)) return inner;
                var changed = Insert(inner);
                isFound &= changed is not null;
                return changed ?? inner;
            });
            return isFound ? block with { Ops = block.Ops.Replace(op, mapped) } : null;
        }

        return null;
    }

    /// <summary>The operations that compute the size, from those after the storage is made.</summary>
    private IEnumerable<Op>? Sizing(ImmutableArray<Op> rest)
    {
        var block = WithKnownLengths(new Block(rest, ImmutableArray<Operand>.Empty));
        foreach (var op in block.AllOps())
        {
            foreach (var result in op.Results) _definitions[result] = op;
        }

        foreach (var array in block.AllOps().SelectMany(op => op.ElementsWritten())) _written.Add(Root(array));
        do
        {
            _changed = false;
            Collect(block);
        }
        while (_changed && _isKnown);

        if (!_isKnown) return null;
        var code = new BlockBuilder(_values);
        var size = _values.Fresh(new ArrayType(ScalarType.Int32, ArrayForm.Span));
        code.Add(new Allocate(size, Constants.Int(1), Cleared: true));
        code.AddRange(new Substitution(_values).Map(Kept(block, size)).Ops);
        code.Add(new Load(_storage.Capacity, size, Constants.Int(0)));
        return code.Ops;
    }

    /// <summary>The block with the lengths of arrays as numbers, because the copy makes no arrays.</summary>
    private Block WithKnownLengths(Block block)
    {
        var known = new Substitution();
        foreach (var length in block.AllOps().OfType<Length>())
        {
            if (Known(length.Result) is var number && !number.Equals(length.Result)) known[length.Result] = number;
        }

        return known.Map(block);
    }

    private Operand Known(Operand operand) =>
        operand is Value value && _definitions.TryGetValue(value, out var op) && op is Length { Array: Value array }
            && _definitions.TryGetValue(array, out var made) && ArrayMerges.CountOf(made) is { } count
            ? Known(count)
            : operand;

    private bool MakesStorage(Op op) => _storage.IsMadeBy(op);

    private bool IsAddition(Op op) => _storage.AddedBy(op, _definitions) is not null;

    /// <summary>Whether the copy has the operation: it adds elements, or something needs a result of it.</summary>
    private bool IsKept(Op op) => op.Results.Any(_needed.Contains) || op.WithNested().Any(IsAddition);

    private void Need(Operand operand)
    {
        if (operand is Value value && _needed.Add(value)) _changed = true;
    }

    private void Collect(Block block)
    {
        foreach (var op in block.Ops.Reverse().Where(IsKept))
        {
            switch (op)
            {
                case var addition when _storage.AddedBy(addition, _definitions) is { } added:
                    Need(added);
                    if (!addition.Results.Any(_needed.Contains)) break;
                    foreach (var read in addition.Reads()) Need(read);
                    break;
                case If branches:
                    Need(branches.Condition);
                    foreach (var i in NeededResults(branches))
                    {
                        Need(branches.Then.Yields[i]);
                        Need(branches.Else.Yields[i]);
                    }

                    Collect(branches.Then);
                    Collect(branches.Else);
                    break;
                case Loop loop:
                    CollectLoop(loop);
                    break;
                case Compute or Measure or View or Evaluate { Effect: ObjectEffect.None }:
                    foreach (var read in op.Reads()) Need(read);
                    break;
                case Load load when !_written.Contains(Root(load.Array)):
                    foreach (var read in op.Reads()) Need(read);
                    break;
                default:
                    _isKnown = false;
                    break;
            }
        }
    }

    private void CollectLoop(Loop loop)
    {
        foreach (var bound in loop.Bounds()) Need(bound);
        if (loop.Exit is { } exit) Need(exit);
        if (loop is While { Condition: var condition })
        {
            Need(condition.Yields[0]);
            Collect(condition);
        }

        for (var i = 0; i < loop.Carried.Length; i++)
        {
            if (!IsNeeded(loop.Carried[i])) continue;
            Need(loop.Carried[i].Param);
            Need(loop.Carried[i].Init);
            Need(loop.Body.Yields[i]);
        }

        Collect(loop.Body);
    }

    private bool IsNeeded(Carried carried) => _needed.Contains(carried.Param) || _needed.Contains(carried.Result);

    private IEnumerable<int> NeededResults(If branches) =>
        Enumerable.Range(0, branches.Values.Length).Where(i => _needed.Contains(branches.Values[i]));

    /// <summary>What the copy has of a block.</summary>
    private Block Kept(Block block, Value size)
    {
        var code = new BlockBuilder(_values);
        foreach (var op in block.Ops.Where(IsKept))
        {
            switch (op)
            {
                case var addition when _storage.AddedBy(addition, _definitions) is { } added:
                    AddTo(size, added, code);
                    if (addition.Results.Any(_needed.Contains)) code.Add(addition);
                    break;
                case If branches:
                    var results = NeededResults(branches).ToList();
                    Block Side(Block side) => Kept(side with { Yields = results.Select(i => side.Yields[i]).ToImmutableArray() }, size);
                    var values = results.Select(i => branches.Values[i]).ToImmutableArray();
                    code.Add(branches with { Then = Side(branches.Then), Else = Side(branches.Else), Values = values });
                    break;
                case Loop loop:
                    code.Add(Kept(loop, size));
                    break;
                default:
                    code.Add(op);
                    break;
            }
        }

        return code.Build(block.Yields);
    }

    private void AddTo(Value size, Operand added, BlockBuilder code)
    {
        // A negative length throws where the row is made.
        if (_storage.IsShared) code.Add(new Store(size, Constants.Int(0), code.Compute(ScalarType.Int32, Opcode.Max, code.Load(size, Constants.Int(0)), added)));
        else code.Add(new Accumulate(size, Constants.Int(0), Compute.AtLeastZero(added, _values, code.Add)));
    }

    private Loop Kept(Loop loop, Value size)
    {
        var carried = Enumerable.Range(0, loop.Carried.Length).Where(i => IsNeeded(loop.Carried[i])).ToList();
        var yields = carried.Select(i => loop.Body.Yields[i]).ToImmutableArray();
        var body = Kept(loop.Body with { Yields = yields }, size);
        var kept = carried.Select(i => loop.Carried[i]).ToImmutableArray();
        return loop switch
        {
            While conditional => conditional with { Carried = kept, Body = body, Condition = Kept(conditional.Condition, size), Trips = null },
            _ => loop with { Carried = kept, Body = body, Trips = null },
        };
    }

    private Operand Root(Operand array)
    {
        while (array is Value value && _definitions.TryGetValue(value, out var op) && op.Viewed is { } viewed) array = viewed;
        return array;
    }
}
