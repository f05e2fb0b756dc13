using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The reverse sweep's view of one primal block: where its adjoint code goes, what that code knows of the primal values, and the
/// cotangents collected so far.
/// </summary>
internal sealed class Frame
{
    private readonly ValueSource _values;

    public Frame(Placement placement, Block primal, ValueSource values)
        : this(placement, primal, null, null, 0, values)
    {
    }

    private Frame(Placement placement, Block primal, Frame? parent, Op? owner, int position, ValueSource values)
    {
        Placement = placement;
        Primal = primal;
        Parent = parent;
        Owner = owner;
        Position = position;
        _values = values;
        Restores = new BlockBuilder(values);
        Prologue = new BlockBuilder(values);
        Code = new BlockBuilder(values);
        Tail = new BlockBuilder(values);
    }

    /// <summary>Where its adjoint code stands.</summary>
    public Placement Placement { get; }

    public Block Primal { get; }

    public Frame? Parent { get; }

    /// <summary>The primal operation that owns the block, and its position in the parent's block.</summary>
    public Op? Owner { get; }

    public int Position { get; }

    /// <summary>Start of the reverse block: saved values taken back, last saved first.</summary>
    public BlockBuilder Restores { get; }

    /// <summary>After the restores: values computed again.</summary>
    public BlockBuilder Prologue { get; }

    /// <summary>The adjoint code.</summary>
    public BlockBuilder Code { get; }

    /// <summary>End of the forward block: values saved.</summary>
    public BlockBuilder Tail { get; }

    /// <summary>Primal values by their copies in the reverse block.</summary>
    public Dictionary<Value, Operand> Known { get; } = new();

    /// <summary>Contributions to the cotangents of values, not yet summed.</summary>
    public Dictionary<Value, List<Operand>> Bars { get; } = new();

    /// <summary>Values of a loop body or split function to save, with their copies; in the order they are saved.</summary>
    public List<(Value Primal, Value Restored)> Saved { get; } = new();

    /// <summary>Values of a branch that its If hands out in addition, with the results that hold them.</summary>
    public List<(Value Primal, Value Result)> HandedOut { get; } = new();

    /// <summary>Adjoints of the arrays visible in the block.</summary>
    public Dictionary<Value, Operand> Shadows { get; } = new();

    /// <summary>Number of the iteration, counted from 0, in the reverse body of a loop.</summary>
    public Func<Operand>? Iteration { get; set; }

    /// <summary>The loop's number of trips was asked for.</summary>
    public Value? Trips { get; set; }

    /// <summary>Forward code to place before, after or instead of the operation at a position of the block.</summary>
    public Dictionary<int, List<Op>> Before { get; } = new();

    public Dictionary<int, List<Op>> After { get; } = new();

    public Dictionary<int, List<Op>> Replaced { get; } = new();

    /// <summary>Positions of operations that moved elsewhere.</summary>
    public HashSet<int> Moved { get; } = new();

    /// <summary>Frames of the blocks owned by operations of this block that are reversed apart from their forward code.</summary>
    public Dictionary<Block, Frame> Children { get; } = new(ByReference<Block>.Instance);

    /// <summary>The frame of a block of the operation at a position of this frame's block.</summary>
    public Frame Inner(Placement placement, Block primal, int position) =>
        new(placement, primal, this, Primal.Ops[position], position, _values);

    /// <summary>The reverse code of a block, which ends with what it yields.</summary>
    public Block Reverse(IEnumerable<Operand> yields) =>
        new(Restores.Ops.AddRange(Prologue.Ops).AddRange(Code.Ops), yields.ToImmutableArray());

    public Place At(int position) => new(Primal, position);

    public static void Place(Dictionary<int, List<Op>> where, int position, Op op)
    {
        if (!where.TryGetValue(position, out var list)) where[position] = list = new List<Op>();
        list.Add(op);
    }

    /// <summary>Places what is pushed to the tape: what was asked for last comes back last, so it is pushed first.</summary>
    public static void PlaceFirst(Dictionary<int, List<Op>> where, int position, Op op)
    {
        if (where.TryGetValue(position, out var list)) list.Insert(0, op);
        else Place(where, position, op);
    }

    public void AddBar(Value value, Operand contribution)
    {
        if (!Bars.TryGetValue(value, out var list)) Bars[value] = list = new List<Operand>();
        list.Add(contribution);
    }
}
