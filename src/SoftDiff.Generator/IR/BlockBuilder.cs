using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>Hands out value numbers; one for all blocks of a function.</summary>
internal sealed class ValueSource
{
    private int _next;

    public ValueSource(int first = 0) => _next = first;

    public Value Fresh(IrType type, string name = "") => new(_next++, type, name);
}

/// <summary>Collects the operations of one block.</summary>
internal sealed class BlockBuilder
{
    private readonly ImmutableArray<Op>.Builder _ops = ImmutableArray.CreateBuilder<Op>();

    public BlockBuilder(ValueSource values) => Values = values;

    public ValueSource Values { get; }

    /// <summary>The line given to operations added from now on.</summary>
    public int Line { get; set; } = -1;

    public int Count => _ops.Count;

    public void Add(Op op) => _ops.Add(op.Line < 0 && Line >= 0 ? op with { Line = Line } : op);

    public void AddRange(IEnumerable<Op> ops)
    {
        foreach (var op in ops) Add(op);
    }

    public void Insert(int index, IEnumerable<Op> ops)
    {
        foreach (var op in ops) _ops.Insert(index++, op);
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

    public ImmutableArray<Op> Ops => _ops.ToImmutable();

    public Block Build(params Operand[] yields) => new(_ops.ToImmutable(), ImmutableArray.Create(yields));

    public Block Build(IEnumerable<Operand> yields) => new(_ops.ToImmutable(), yields.ToImmutableArray());
}
