namespace SoftDiff.Generator.IR;

/// <summary>Hands out value numbers; one for all blocks of a function.</summary>
internal sealed class ValueSource
{
    private int _next;

    public ValueSource(int first = 0) => _next = first;

    /// <summary>The number of the next value.</summary>
    public int Next => _next;

    public Value Fresh(IrType type, string name = "") => new(_next++, type, name);
}

/// <summary>Collects the operations of one block.</summary>
internal sealed class BlockBuilder
{
    private readonly ImmutableArray<Op>.Builder _ops = ImmutableArray.CreateBuilder<Op>();

    private readonly Dictionary<Value, Op> _definitions = new();

    public BlockBuilder(ValueSource values) => Values = values;

    public ValueSource Values { get; }

    /// <summary>The line given to operations added from now on.</summary>
    public int Line { get; set; } = -1;

    /// <summary>The operation added to this block that defines the value, or null.</summary>
    public Op? Find(Value value) => _definitions.TryGetValue(value, out var op) ? op : null;

    public void Add(Op op)
    {
        if (op.Line < 0 && Line >= 0) op = op with { Line = Line };
        _ops.Add(op);
        foreach (var result in op.Results) _definitions[result] = op;
    }

    public void AddRange(IEnumerable<Op> ops)
    {
        foreach (var op in ops) Add(op);
    }

    public Value Compute(IrType type, Opcode code, params Operand[] args)
    {
        var result = Values.Fresh(type);
        Add(new Compute(result, code, ImmutableArray.Create(args)));
        return result;
    }

    public Value Load(Operand array, Operand index, string name = "")
    {
        var result = Values.Fresh(((ArrayType)array.Type).Element, name);
        Add(new Load(result, array, index));
        return result;
    }

    public Value Length(Operand array)
    {
        var result = Values.Fresh(ScalarType.Int32);
        Add(new Length(result, array));
        return result;
    }

    public Value Lengths(Operand tensor)
    {
        var result = Values.Fresh(ArrayType.Lengths);
        Add(new Lengths(result, tensor));
        return result;
    }

    /// <summary>The array's elements in a shape.</summary>
    public Value Arrange(Operand array, params Operand[] lengths)
    {
        var tensor = Values.Fresh(((ArrayType)array.Type).AsTensor());
        Add(new Arrange(tensor, array, ImmutableArray.Create(lengths)));
        return tensor;
    }

    public Value RowStarts(Operand jagged)
    {
        var result = Values.Fresh(ArrayType.Starts, jagged is Value { Name: { Length: > 0 } name } ? name + "Places" : "");
        Add(new RowStarts(result, jagged));
        return result;
    }

    public Value AxisLength(Operand matrix, int axis)
    {
        var result = Values.Fresh(ScalarType.Int32, matrix is Value { Name: { Length: > 0 } name } ? name + "Length" + axis : "");
        Add(new AxisLength(result, matrix, axis));
        return result;
    }

    /// <summary>The array, or the elements of the container: something with one index.</summary>
    public Operand Elements(Operand array)
    {
        if (array.Type is not ArrayType { IsContainer: true } type) return array;
        if (array is Value tensor && Find(tensor) is Arrange arrange) return arrange.Array;
        var elements = Values.Fresh(type.AsSpan(), array is Value { Name: { Length: > 0 } name } ? name + "Elements" : "");
        Add(new Flatten(elements, array));
        return elements;
    }

    /// <summary>Gives a value that this block computes another name; null if it is not defined so here. The number stays.</summary>
    public Value? Rename(Value value, string name, bool isUserNamed)
    {
        if (Find(value) is not { } op) return null;
        var renamed = value with { Name = name, IsUserNamed = isUserNamed };
        Op? copy = op switch
        {
            Compute compute => compute with { Result = renamed },
            Load load => load with { Result = renamed },
            Allocate allocate => allocate with { Result = renamed },
            View view => view with { Result = renamed },
            Call call => call with { Values = call.Values.Replace(value, renamed) },
            RuleCall call => call with { Values = call.Values.Replace(value, renamed) },
            Arrange arrange => arrange with { Result = renamed },
            _ => null,
        };
        if (copy is null) return null;
        // Searches backwards: most named values were computed last.
        var at = _ops.Count - 1;
        while (!ReferenceEquals(_ops[at], op)) at--;
        _ops[at] = copy;
        foreach (var result in copy.Results) _definitions[result] = copy;
        return renamed;
    }

    /// <summary>Takes the operations that satisfy the condition out of the block, in order.</summary>
    public List<Op> Take(Func<Op, bool> condition)
    {
        var taken = _ops.Where(condition).ToList();
        var kept = _ops.Where(op => !condition(op)).ToList();
        _ops.Clear();
        _ops.AddRange(kept);
        foreach (var result in taken.SelectMany(op => op.Results)) _definitions.Remove(result);
        return taken;
    }

    public ImmutableArray<Op> Ops => _ops.ToImmutable();

    public Block Build(params Operand[] yields) => Build((IEnumerable<Operand>)yields);

    /// <summary>The block. A block that yields nothing (a branch that throws) is cut off after the operation that never returns.</summary>
    public Block Build(IEnumerable<Operand> yields)
    {
        var block = new Block(_ops.ToImmutable(), yields.ToImmutableArray());
        return block.Yields.IsEmpty ? block.UpToThrow() : block;
    }
}
