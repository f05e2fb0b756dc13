namespace SoftDiff.Generator.Frontend;

/// <summary>The storage of an array of arrays whose rows come one by one.</summary>
/// <param name="Elements">The elements of all rows.</param>
/// <param name="Capacity">How many there are room for. Nothing defines it until the function is lowered.</param>
/// <param name="Top">An array of one int: the number of elements in use.</param>
internal sealed record GrowingRows(Value Elements, Value Capacity, Value Top);

/// <summary>
/// Computes how many elements the rows of a new array have together. Input: the operations of a function, which add rows. Output: the same
/// with a copy of some operations before the array is made: those that decide on the lengths of rows and on how many there are. The copy runs
/// the loops that add rows, and adds up lengths instead.
/// </summary>
internal sealed class RowSizes
{
    private readonly GrowingRows _rows;
    private readonly ValueSource _values;
    private readonly HashSet<Value> _needed = new();
    private readonly Dictionary<Value, Op> _definitions = new();

    /// <summary>The arrays that are written after the storage is made. Elements of others are the same then as before.</summary>
    private readonly HashSet<Operand> _written = new();
    private bool _changed;
    private bool _isKnown = true;

    private RowSizes(Block body, GrowingRows rows, ValueSource values)
    {
        (_rows, _values) = (rows, values);
        foreach (var op in body.AllOps())
        {
            foreach (var result in op.Results) _definitions[result] = op;
        }
    }

    /// <summary>The body with the size of the rows' storage; null if that is not known before the storage is made.</summary>
    public static Block? Insert(Block body, GrowingRows rows, ValueSource values) => new RowSizes(body, rows, values).Insert(body);

    private Block? Insert(Block block)
    {
        for (var i = 0; i < block.Ops.Length; i++)
        {
            if (block.Ops[i] is not Allocate made || !MakesStorage(made)) continue;
            var isUsedElsewhere = !made.Length.Equals(_rows.Capacity) || block.AllReads().Count(read => read.Equals(_rows.Capacity)) > 1;
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
        var block = new Block(rest, ImmutableArray<Operand>.Empty);
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
        code.Add(new Load(_rows.Capacity, size, Constants.Int(0)));
        return code.Ops;
    }

    private bool MakesStorage(Op op) => op is Allocate made && made.Result.Equals(_rows.Elements);

    private bool IsAddition(Op op) => op is Store store && store.Array.Equals(_rows.Top);

    /// <summary>Whether the copy has the operation: it adds a row, or something needs a result of it.</summary>
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
                case Store store:
                    Need(LengthOf(store));
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
                case Compute or Measure or View:
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

    /// <summary>The length of the row that is added: what the end of the elements in use moves by.</summary>
    private Operand LengthOf(Store addition) => ((Compute)_definitions[(Value)addition.Value]).Args[1];

    /// <summary>What the copy has of a block.</summary>
    private Block Kept(Block block, Value size)
    {
        var code = new BlockBuilder(_values);
        foreach (var op in block.Ops.Where(IsKept))
        {
            switch (op)
            {
                case Store store:
                    // A negative length throws where the row is made.
                    code.Add(new Accumulate(size, Constants.Int(0), Compute.AtLeastZero(LengthOf(store), _values, code.Add)));
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
