namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>
/// Writes the body of a batch's function: the checks of its arrays, then the loop that calls the example's function. The lengths of the rows are computed
/// once, before the loop.
/// </summary>
internal sealed class BatchLoop
{
    private static readonly IntegerConstant One = new(ScalarType.Int32, 1);

    private readonly BatchSignature _signature;
    private readonly Function _callee;
    private readonly BlockBuilder _code;

    /// <summary>For each row or tensor of a batch, by the parameter of the example: the number of elements that an example has.</summary>
    private readonly Dictionary<Value, Value> _rows = new();

    /// <summary>For each tensor, by the parameter of the example: its elements and its lengths, of a batch without the first.</summary>
    private readonly Dictionary<Value, (Operand Elements, Value Lengths)> _tensors = new();

    public BatchLoop(BatchSignature signature, Function callee)
    {
        _signature = signature;
        _callee = callee;
        _code = new BlockBuilder(signature.Values);
    }

    public void Add(Op op) => _code.Add(op);

    public Block Build() => _code.Build();

    /// <summary>Checks everything before the first example writes anything: the number of examples, all lengths, and that nothing written overlaps.</summary>
    /// <param name="ofExample">What the example's function requires of its parameters.</param>
    public void Check(ImmutableArray<Op> ofExample)
    {
        var batch = _signature.Batch;
        var text = new SymbolConstant(new ScalarType(ScalarKind.Opaque, "string"), "\"" + batch.Name + "\"");
        _code.Add(new Invoke(ImmutableArray<Value>.Empty, "global::System.ArgumentOutOfRangeException.ThrowIfNegative", new Operand[] { batch, text }));
        foreach (var member in _signature.Members)
        {
            var array = member.Batch.Value;
            if (member.IsElement) _code.Add(new RequireRows(array, array.Name, batch, One, ""));
            else if (!member.IsShared) _rows[member.Example.Value] = RowLength(array);
        }

        if (_signature.Result is { } result) _code.Add(new RequireRows(result, result.Name, batch, One, ""));
        foreach (var check in ofExample.OfType<RequireLength>()) Check(check);
        RequireDisjoint();
        foreach (var member in _signature.Members.Where(m => m.Example.Value.Type is ArrayType { IsTensor: true })) OpenTensor(member);
    }

    /// <summary>for (example …) callee(rows …)</summary>
    public For Loop()
    {
        var index = _signature.Values.Fresh(ScalarType.Int32, "example");
        var body = new BlockBuilder(_signature.Values);
        var args = _signature.Members.Where(m => m.Example.Mode != ParameterMode.Out).Select(m => Argument(m, index, body)).ToImmutableArray();
        var results = _signature.Members.Where(m => m.Example.IsResult).Select(m => m.Batch.Value).ToList();
        if (_signature.Result is not null) results.Insert(0, _signature.Result);
        var values = results.Select(r => _signature.Values.Fresh(((ArrayType)r.Type).Element)).ToImmutableArray();
        body.Add(new Call(values, _callee.Name, args));
        foreach (var (array, value) in results.Zip(values, (array, value) => (array, value))) body.Add(new Store(array, index, value));
        return new For(index, new IntegerConstant(ScalarType.Int32, 0), _signature.Batch, 1, false, ImmutableArray<Carried>.Empty, body.Build());
    }

    /// <summary>A function that runs the loop from one example up to another one. What the loop reads from outside are its parameters.</summary>
    public Function Outline(For loop, string name)
    {
        var (first, end) = (_signature.Values.Fresh(ScalarType.Int32, "first"), _signature.Values.Fresh(ScalarType.Int32, "end"));
        var body = new Block(ImmutableArray.Create<Op>(loop with { Start = first, End = end }), ImmutableArray<Operand>.Empty);
        var parameters = Outside(loop).Prepend(end).Prepend(first).Select(v => new Parameter(v, ParameterMode.Value, Wrt: false));
        return Signatures.WithDistinctNames(new Function(name, parameters.ToImmutableArray(), null, body));
    }

    /// <summary>Calls what <see cref="Outline"/> made of the loop for parts of the batch.</summary>
    public void AddInParts(For loop, Function part) =>
        _code.Add(new ParallelCall(part.Name, _signature.Batch, ImmutableArray.CreateRange<Operand>(Outside(loop))));

    private static List<Value> Outside(For loop)
    {
        var inside = new HashSet<Operand>(loop.Body.AllOps().SelectMany(op => op.Results)) { loop.Index };
        return loop.Body.AllReads().OfType<Value>().Where(inside.Add).ToList();
    }

    private Value RowLength(Value array)
    {
        var length = _signature.Values.Fresh(ScalarType.Int32, array.Name + "Length");
        _code.Add(new RowLength(length, array, array.Name, _signature.Batch));
        return length;
    }

    /// <summary>What the example's function requires of two of its arrays, of the rows of the batch.</summary>
    private void Check(RequireLength check)
    {
        var (array, like) = (Member(check.Array), Member(check.Like));
        var (name, likeName) = (array.Batch.Name, like.Batch.Name);
        if (array.IsShared && like.IsShared) _code.Add(new RequireLength(array.Batch.Value, name, like.Batch.Value, likeName));
        else if (array.IsShared) _code.Add(new RequireRows(like.Batch.Value, likeName, _signature.Batch, Count(array), name));
        else _code.Add(new RequireRows(array.Batch.Value, name, _signature.Batch, Count(like), likeName));
    }

    private Operand Count(BatchedParameter member) => member.IsShared ? _code.Length(member.Batch.Value) : _rows[member.Example.Value];

    private BatchedParameter Member(Operand example) => _signature.Members.First(m => m.Example.Value.Equals(example));

    /// <summary>No example may read or write what another one writes. What nobody writes may overlap, whatever the example's function requires.</summary>
    private void RequireDisjoint()
    {
        var arrays = _signature.Members.Where(m => m.Batch.Value.Type is ArrayType).Select(m => (Array: m.Batch.Value, m.IsWritten)).ToList();
        if (_signature.Result is not null) arrays.Add((_signature.Result, true));
        for (var i = 0; i < arrays.Count; i++)
        {
            for (var j = i + 1; j < arrays.Count; j++)
            {
                var (first, second) = (arrays[i], arrays[j]);
                if (((ArrayType)first.Array.Type).Element != ((ArrayType)second.Array.Type).Element) continue;
                if (!first.IsWritten && !second.IsWritten) continue;
                _code.Add(new RequireDisjoint(first.Array, first.Array.Name, second.Array, second.Array.Name));
            }
        }
    }

    /// <summary>The elements of a tensor, which are reached once for the whole batch, and the lengths of an example's tensor.</summary>
    private void OpenTensor(BatchedParameter member)
    {
        var lengths = _code.Lengths(member.Batch.Value);
        if (!member.IsShared)
        {
            var all = lengths;
            lengths = _signature.Values.Fresh(ArrayType.Lengths, member.Batch.Name + "Lengths");
            _code.Add(new View(lengths, all, One, null));
        }

        _tensors[member.Example.Value] = (_code.Elements(member.Batch.Value), lengths);
    }

    private Operand Argument(BatchedParameter member, Value index, BlockBuilder body)
    {
        var array = member.Batch.Value;
        if (member.IsElement) return body.Load(array, index, array.Name);
        if (member.IsRow) return Row(array, member, index, body);
        if (!_tensors.TryGetValue(member.Example.Value, out var tensor)) return array;
        return body.Arrange(member.IsShared ? tensor.Elements : Row(tensor.Elements, member, index, body), tensor.Lengths);
    }

    private Value Row(Operand array, BatchedParameter member, Value index, BlockBuilder body)
    {
        var length = _rows[member.Example.Value];
        var row = _signature.Values.Fresh(((ArrayType)array.Type).AsSpan(), member.Batch.Name + "Row");
        body.Add(new View(row, array, body.Compute(ScalarType.Int32, Opcode.Multiply, index, length), length));
        return row;
    }
}
