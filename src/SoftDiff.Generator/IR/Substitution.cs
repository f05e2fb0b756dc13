using System.Collections.Immutable;

namespace SoftDiff.Generator.IR;

/// <summary>
/// Copies operations with operands replaced. With a <see cref="ValueSource"/> every value the copy defines gets a new number
/// (so the copy can stand beside the original); without one, definitions keep their numbers.
/// </summary>
internal sealed class Substitution
{
    private readonly Dictionary<Value, Operand> _map = new();
    private readonly ValueSource? _renumber;

    private readonly Naming? _naming;

    public Substitution(ValueSource? renumber = null, Naming? naming = null)
    {
        _renumber = renumber;
        _naming = naming;
    }

    /// <summary>Set when a body is copied into another method: its lines and the names of its locals mean nothing there.</summary>
    public int? InlinedAt { get; set; }

    public Operand this[Value from]
    {
        set => _map[from] = value;
    }

    public bool Has(Value value) => _map.ContainsKey(value);

    public Operand Map(Operand operand)
    {
        if (operand is not Value value) return operand;
        if (_map.TryGetValue(value, out var mapped)) return mapped;
        return _naming is null ? value : _naming.Apply(value);
    }

    public Value Define(Value value)
    {
        if (_naming is not null) value = _naming.Apply(value);
        if (_renumber is null) return value;
        var fresh = _renumber.Fresh(value.Type, value.Name) with { IsUserNamed = value.IsUserNamed && InlinedAt is null };
        _map[value] = fresh;
        return fresh;
    }

    public ImmutableArray<Operand> Map(ImmutableArray<Operand> operands) => operands.Select(Map).ToImmutableArray();

    public Block Map(Block block)
    {
        var ops = ImmutableArray.CreateBuilder<Op>(block.Ops.Length);
        foreach (var op in block.Ops) ops.Add(Map(op));
        return new Block(ops.ToImmutable(), Map(block.Yields));
    }

    public Op Map(Op op)
    {
        var mapped = MapContents(op);
        return InlinedAt is { } line ? mapped with { Line = line } : mapped;
    }

    private Op MapContents(Op op)
    {
        switch (op)
        {
            case Compute o: { var args = Map(o.Args); return o with { Args = args, Result = Define(o.Result) }; }
            case Length o: { var array = Map(o.Array); return o with { Array = array, Result = Define(o.Result) }; }
            case Load o: { var (array, index) = (Map(o.Array), Map(o.Index)); return o with { Array = array, Index = index, Result = Define(o.Result) }; }
            case Store o: return o with { Array = Map(o.Array), Index = Map(o.Index), Value = Map(o.Value) };
            case Accumulate o: return o with { Array = Map(o.Array), Index = Map(o.Index), Value = Map(o.Value) };
            case Allocate o: { var length = Map(o.Length); return o with { Length = length, Result = Define(o.Result) }; }
            case View o:
            {
                var (array, start, count) = (Map(o.Array), Map(o.Start), o.Count is null ? null : Map(o.Count));
                return o with { Array = array, Start = start, Count = count, Result = Define(o.Result) };
            }
            case Flatten o: { var tensor = Map(o.Tensor); return o with { Tensor = tensor, Result = Define(o.Result) }; }
            case Arrange o:
            {
                var (array, lengths) = (Map(o.Array), Map(o.Lengths));
                return o with { Array = array, Lengths = lengths, Result = Define(o.Result) };
            }
            case Lengths o: { var tensor = Map(o.Tensor); return o with { Tensor = tensor, Result = Define(o.Result) }; }
            case Fill o: return o with { Array = Map(o.Array), Value = Map(o.Value) };
            case Copy o: return o with { Source = Map(o.Source), Destination = Map(o.Destination) };
            case Throw o: return o with { Args = Map(o.Args) };
            case RequireLength o: return o with { Array = Map(o.Array), Like = Map(o.Like) };
            case RequireRank o: return o with { Tensor = Map(o.Tensor) };
            case RequireDisjoint o: return o with { First = Map(o.First), Second = Map(o.Second) };
            case If o:
            {
                var condition = Map(o.Condition);
                var (then, @else) = (Map(o.Then), Map(o.Else));
                return o with { Condition = condition, Then = then, Else = @else, Values = Define(o.Values) };
            }
            case For o:
            {
                var (start, end) = (Map(o.Start), Map(o.End));
                var inits = o.Carried.Select(c => Map(c.Init)).ToArray();
                var index = Define(o.Index);
                var parameters = o.Carried.Select(c => Define(c.Param)).ToArray();
                var body = Map(o.Body);
                var exit = o.Exit is null ? null : Map(o.Exit);
                var carried = Carry(o.Carried, parameters, inits);
                return o with { Index = index, Start = start, End = end, Carried = carried, Body = body, Exit = exit, Trips = DefineTrips(o.Trips) };
            }
            case While o:
            {
                var inits = o.Carried.Select(c => Map(c.Init)).ToArray();
                var parameters = o.Carried.Select(c => Define(c.Param)).ToArray();
                var condition = Map(o.Condition);
                var body = Map(o.Body);
                var exit = o.Exit is null ? null : Map(o.Exit);
                return o with { Carried = Carry(o.Carried, parameters, inits), Condition = condition, Body = body, Exit = exit, Trips = DefineTrips(o.Trips) };
            }
            case Call o: { var args = Map(o.Args); return o with { Args = args, Values = Define(o.Values) }; }
            case RuleCall o: { var args = Map(o.Args); return o with { Args = args, Values = Define(o.Values) }; }
            case Invoke o:
            {
                var args = o.Args.Select(a => a is null ? null : Map(a)).ToImmutableArray();
                return o with { Args = args, Returns = Define(o.Returns), Outs = Define(o.Outs) };
            }
            case Push o: return o with { Tape = Map(o.Tape), Value = Map(o.Value) };
            case Pop o: { var tape = Map(o.Tape); return o with { Tape = tape, Result = Define(o.Result) }; }
            case PushArray o: return o with { Tape = Map(o.Tape), Array = Map(o.Array) };
            case PopArray o: return o with { Tape = Map(o.Tape), Array = Map(o.Array) };
            case OpenTape o: return o with { Result = Define(o.Result) };
            default: throw new NotSupportedException(op.GetType().Name);
        }
    }

    private ImmutableArray<Value> Define(ImmutableArray<Value> values) => values.Select(Define).ToImmutableArray();

    private Value? DefineTrips(Value? trips) => trips is null ? null : Define(trips);

    private ImmutableArray<Carried> Carry(ImmutableArray<Carried> carried, Value[] parameters, Operand[] inits)
    {
        var copy = ImmutableArray.CreateBuilder<Carried>(carried.Length);
        for (var i = 0; i < carried.Length; i++) copy.Add(new Carried(parameters[i], inits[i], Define(carried[i].Result)));
        return copy.ToImmutable();
    }
}
