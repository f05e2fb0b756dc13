namespace SoftDiff.Generator.IR;

/// <summary>
/// Copies operations with operands replaced. With a <see cref="ValueSource"/> every value the copy defines gets a new number
/// (so the copy can stand beside the original); without one, definitions keep their numbers.
/// </summary>
internal sealed class Substitution : Rebuilder
{
    private readonly Dictionary<Value, Operand> _map = new();
    private readonly ValueSource? _renumber;
    private readonly Naming? _naming;

    public Substitution(ValueSource? renumber = null, Naming? naming = null)
    {
        _renumber = renumber;
        _naming = naming;
    }

    /// <summary>
    /// Set when a body is copied into another method, where its line numbers and the names of its locals have no meaning.
    /// </summary>
    public int? InlinedAt { get; set; }

    public Operand this[Value from]
    {
        set => _map[from] = value;
    }

    public bool Has(Value value) => _map.ContainsKey(value);

    public override Operand Map(Operand operand)
    {
        if (operand is not Value value) return operand;
        if (_map.TryGetValue(value, out var mapped)) return mapped;
        return _naming is null ? value : _naming.Apply(value);
    }

    public override Value Define(Value value)
    {
        if (_naming is not null) value = _naming.Apply(value);
        if (_renumber is null) return value;
        var fresh = _renumber.Fresh(value.Type, value.Name) with { IsUserNamed = value.IsUserNamed && InlinedAt is null };
        _map[value] = fresh;
        return fresh;
    }

    public override Block Map(Block block)
    {
        var ops = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
        foreach (var op in block.Ops) ops.Add(Map(op));
        return new Block(ops.MoveToImmutable(), Map(block.Yields));
    }

    public Op Map(Op op)
    {
        var mapped = op.Rebuild(this);
        return InlinedAt is { } line ? mapped with { Line = line } : mapped;
    }
}
