namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// The branches of a function so far. Where a later branch has the same condition, the same block runs, so the values of the earlier block are
/// known in the later one. The earlier branch then yields them. That is how the rows of a Jacobian share the branches of the primal.
/// </summary>
internal sealed class EarlierBranches
{
    private readonly ValueSource _values;
    private readonly List<Branch> _branches = new();

    /// <summary>The values of blocks that have ended, with their branch and the number of the block.</summary>
    private readonly Dictionary<Operand, (Branch Branch, int Block)> _homes = new();

    /// <summary>When each value was defined. Values without a time are parameters of the function.</summary>
    private readonly Dictionary<Operand, int> _times = new();

    private int _time;

    public EarlierBranches(ValueSource values) => _values = values;

    /// <summary>The number of branches so far.</summary>
    public int Count => _branches.Count;

    /// <summary>Forgets the branches of a block that has ended, with the values of their blocks: nothing outside can read these.</summary>
    /// <param name="from">The number of branches when the block began.</param>
    public void Forget(int from)
    {
        foreach (var value in _branches.Skip(from).SelectMany(branch => branch.Op.Blocks()).SelectMany(Own)) _homes.Remove(value);
        _branches.RemoveRange(from, _branches.Count - from);
    }

    /// <summary>Notes that values are defined now.</summary>
    public void Note(IEnumerable<Value> values)
    {
        foreach (var value in values) _times[value] = ++_time;
    }

    /// <summary>The expressions that a block of earlier branches on the condition has computed.</summary>
    public IEnumerable<(ExpressionKey Key, Value Value)> Known(Operand condition, int block) =>
        _branches.Where(b => b.Op.Condition.Equals(condition)).SelectMany(b => b.Known[block]);

    /// <summary>Adds a branch, which is the last operation of the list, with the expressions that each block has computed.</summary>
    public void Add(List<Op> ops, params List<(ExpressionKey Key, Value Value)>[] known)
    {
        var op = (If)ops[ops.Count - 1];
        var branch = new Branch(ops, _time, known.Select(block => block.Where(k => k.Value.Type is ScalarType).ToList()).ToArray());
        Note(op.Results);
        if (op.Then.Throws() || op.Else.Throws()) return;
        _branches.Add(branch);
        for (var block = 0; block < 2; block++)
        {
            foreach (var value in Own(op.Blocks()[block])) _homes[value] = (branch, block);
        }
    }

    /// <summary>A result of an earlier branch that is equal to what the blocks of a later one yield; null if there is none.</summary>
    public Value? Equal(Value result, Operand then, Operand @else)
    {
        if (HomeOf(then, 0) is not { } branch || (HomeOf(@else, 1) ?? branch) != branch)
        {
            if (HomeOf(@else, 1) is not { } other || HomeOf(then, 0) is not null) return null;
            branch = other;
        }

        return IsKnownIn(branch, then, 0) && IsKnownIn(branch, @else, 1) ? Result(branch, result.Name, then, @else) : null;
    }

    /// <summary>The block with results of earlier branches in place of values of their blocks.</summary>
    public Block Rewritten(Block block)
    {
        var map = new Substitution();
        var isAny = false;
        foreach (var read in block.AllReads().OfType<Value>().Distinct().Where(_homes.ContainsKey).ToList())
        {
            var (branch, number) = _homes[read];
            isAny = true;
            map[read] = branch.Op.Blocks()[number].Yields.IndexOf(read) is >= 0 and var at ? branch.Op.Values[at]
                : number == 0 ? Result(branch, read.Name, read, Operand.Zero(read.Type))
                : Result(branch, read.Name, Operand.Zero(read.Type), read);
        }

        return isAny ? map.Map(block) : block;
    }

    /// <summary>The values that a block defines itself, not those of the blocks in it.</summary>
    private static IEnumerable<Value> Own(Block block) => block.Ops.SelectMany(op => op.Results);

    private Branch? HomeOf(Operand operand, int block) => _homes.TryGetValue(operand, out var home) && home.Block == block ? home.Branch : null;

    /// <summary>Whether a block of the branch may yield the operand.</summary>
    private bool IsKnownIn(Branch branch, Operand operand, int block) =>
        HomeOf(operand, block) == branch || operand is not Value
        || (!_homes.ContainsKey(operand) && (!_times.TryGetValue(operand, out var time) || time <= branch.Time));

    private Value Result(Branch branch, string name, Operand then, Operand @else)
    {
        var op = branch.Op;
        for (var i = 0; i < op.Values.Length; i++)
        {
            if (op.Then.Yields[i].Equals(then) && op.Else.Yields[i].Equals(@else)) return op.Values[i];
        }

        var result = _values.Fresh(then.Type, name);
        branch.Op = op with
        {
            Then = op.Then with { Yields = op.Then.Yields.Add(then) },
            Else = op.Else with { Yields = op.Else.Yields.Add(@else) },
            Values = op.Values.Add(result),
        };
        return result;
    }

    private sealed class Branch
    {
        private readonly List<Op> _ops;
        private readonly int _at;

        /// <param name="ops">The list at whose end it stands.</param>
        /// <param name="time">The time when it runs.</param>
        /// <param name="known">The numbers that each block has computed.</param>
        public Branch(List<Op> ops, int time, List<(ExpressionKey Key, Value Value)>[] known) =>
            (_ops, _at, Time, Known) = (ops, ops.Count - 1, time, known);

        public int Time { get; }

        public List<(ExpressionKey Key, Value Value)>[] Known { get; }

        public If Op
        {
            get => (If)_ops[_at];
            set => _ops[_at] = value;
        }
    }
}
