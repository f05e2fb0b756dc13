namespace SoftDiff.Generator.Transforms.Elements;

/// <summary>
/// Replaces small local arrays by a value for each element (scalar replacement of aggregates). Input and output: a function. An array is
/// replaced if its length is a constant and every operation on it, or on a part of it, names the element by a constant. After a branch, an
/// element is a result of the branch. An array that a loop uses stays, unless an iteration makes it.
/// </summary>
internal sealed class ReplaceSmallArrays : Rebuilder
{
    private readonly ValueSource _values;
    private readonly Substitution _map = new();
    private readonly SmallArrays _arrays;
    private Dictionary<Value, ImmutableArray<Operand>> _elements = new();

    private ReplaceSmallArrays(Function function, SmallArrays arrays) =>
        (_values, _arrays) = (new ValueSource(function.MaxId() + 1), arrays);

    public static Function Run(Function function)
    {
        var arrays = new SmallArrays(function);
        return arrays.Any ? function with { Body = new ReplaceSmallArrays(function, arrays).Map(function.Body) } : function;
    }

    public override Operand Map(Operand operand) => _map.Map(operand);

    public override Value Define(Value value) => value;

    public override Block Map(Block block)
    {
        var into = new BlockBuilder(_values);
        foreach (var op in block.Ops) Add(op, into);
        return new Block(into.Ops, Map(block.Yields));
    }

    private void Add(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Allocate { Length: IntegerConstant length } o when _arrays.Contains(o.Result):
                var zero = Operand.Zero(((ArrayType)o.Result.Type).Element);
                _elements[o.Result] = Enumerable.Repeat(zero, (int)length.Number).ToImmutableArray();
                break;
            case View o when _arrays.Contains(o.Result):
                break;
            case Length o when _arrays.Contains(o.Array):
                _map[o.Result] = ArrayCode.Int(_arrays[o.Array].Count);
                break;
            case Load o when _arrays.Contains(o.Array):
                _map[o.Result] = Element(o.Array, o.Index);
                break;
            case Store o when _arrays.Contains(o.Array):
                Set(o.Array, o.Index, Map(o.Value));
                break;
            case Accumulate o when _arrays.Contains(o.Array):
                into.Line = o.Line;
                Set(o.Array, o.Index, into.Compute(o.Value.Type, Opcode.Add, Element(o.Array, o.Index), Map(o.Value)));
                break;
            case Fill o when _arrays.Contains(o.Array):
                for (var i = 0; i < _arrays[o.Array].Count; i++) Set(o.Array, ArrayCode.Int(i), Map(o.Value));
                break;
            case If branch:
                into.Add(Branch(branch));
                break;
            default:
                into.Add(op.Rebuild(this));
                break;
        }
    }

    private If Branch(If op)
    {
        var condition = Map(op.Condition);
        var before = _elements;
        var (then, afterThen) = Visit(op.Then);
        var (@else, afterElse) = Visit(op.Else);
        _elements = before;
        var joined = op with { Condition = condition, Then = then, Else = @else };
        foreach (var array in before.Keys.ToList())
        {
            if (then.Throws() || @else.Throws()) _elements[array] = (then.Throws() ? afterElse : afterThen)[array];
            else _elements[array] = Joined(array, afterThen[array], afterElse[array], ref joined);
        }

        return joined;

        (Block Block, Dictionary<Value, ImmutableArray<Operand>> After) Visit(Block block)
        {
            _elements = new Dictionary<Value, ImmutableArray<Operand>>(before);
            var visited = Map(block);
            return (visited, _elements);
        }
    }

    /// <summary>The elements after a branch, which yields those that its blocks set differently.</summary>
    private ImmutableArray<Operand> Joined(Value array, ImmutableArray<Operand> then, ImmutableArray<Operand> @else, ref If branch)
    {
        var elements = then.ToBuilder();
        for (var i = 0; i < elements.Count; i++)
        {
            if (then[i].Equals(@else[i])) continue;
            var result = _values.Fresh(then[i].Type, array.Name.Length > 0 ? array.Name + i : "");
            elements[i] = result;
            branch = branch with
            {
                Then = branch.Then with { Yields = branch.Then.Yields.Add(then[i]) },
                Else = branch.Else with { Yields = branch.Else.Yields.Add(@else[i]) },
                Values = branch.Values.Add(result),
            };
        }

        return elements.ToImmutable();
    }

    private Operand Element(Operand array, Operand index)
    {
        var part = _arrays[array];
        return _elements[part.Of][part.At(index)];
    }

    private void Set(Operand array, Operand index, Operand value)
    {
        var part = _arrays[array];
        _elements[part.Of] = _elements[part.Of].SetItem(part.At(index), value);
    }
}
