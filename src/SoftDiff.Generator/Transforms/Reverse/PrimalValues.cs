using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>Primal values in the reverse sweep: at hand, or had as the plan says.</summary>
internal sealed class PrimalValues(ReverseSweep sweep)
{
    private Definitions Definitions => sweep.Primal.Definitions;

    /// <summary>The frame, this one or an outer one, whose block defines the value.</summary>
    public Frame FrameOf(Value value, Frame from)
    {
        var block = Definitions[value].Block;
        for (var frame = from; ; frame = frame.Parent)
        {
            if (ReferenceEquals(frame.Primal, block)) return frame;
            if (frame.Parent is null) throw new InvalidOperationException($"{value} {value.Name} is not visible in the reverse sweep");
        }
    }

    /// <summary>The primal operand as reverse code of the frame can read it.</summary>
    public Operand Need(Operand operand, Frame from)
    {
        if (operand is not Value value || !Definitions.TryGet(value, out _)) return operand;
        var frame = FrameOf(value, from);
        if (frame.Placement == Placement.Same) return value;
        if (frame.Known.TryGetValue(value, out var known)) return known;
        var plan = sweep.Plan.Of(value);
        var result = plan.Access switch
        {
            ValueAccess.Again => ComputeAgain(value, frame),
            ValueAccess.ReadBack => ReadBack(value, plan.By!, frame),
            ValueAccess.HandedOut => HandOut(value, plan.By!, frame),
            ValueAccess.Saved => Save(value, frame),
            _ => throw new ArgumentOutOfRangeException(nameof(operand)),
        };
        frame.Known[value] = result;
        return result;
    }

    public Value Copy(Value value) => sweep.Values.Fresh(value.Type, value.Name);

    public static Operand Cast(BlockBuilder block, Operand operand, ScalarType type) =>
        operand.Type == type ? operand
        : operand is IntegerConstant constant ? new IntegerConstant(type, constant.Number)
        : block.Compute(type, Opcode.Convert, operand);

    private Operand ComputeAgain(Value value, Frame frame)
    {
        switch (Definitions[value].Op)
        {
            // What the forward sweep found to be in range.
            case Compute { Code: Opcode.CheckIndex } check:
                return Need(check.Args[0], frame);
            case Loop loop:
                return ComputeProgression(loop, value, frame);
            // The contents are gone (a load from it is never stable); what is asked for is an array of the same shape.
            case Allocate allocate:
                return Again(allocate with { Cleared = false }, frame);
            case Compute or Length or Load or View or Flatten or Arrange or Lengths or AxisLength or RowStarts or Evaluate { RunsOnce: false }:
                return Again(Definitions[value].Op!, frame);
            default:
                throw new InvalidOperationException($"{value} cannot be computed again");
        }
    }

    private Value Again(Op op, Frame frame)
    {
        var copy = op.Rebuild(new ReverseCopy(this, frame));
        frame.Prologue.Add(copy);
        return copy.Results[0];
    }

    /// <summary>A loop's variable by the number of the iteration: init + step · iteration, exact because integers wrap around.</summary>
    private Operand ComputeProgression(Loop loop, Value value, Frame frame)
    {
        var progression = Progression.Of(loop, value, Definitions)!;
        var iteration = Cast(frame.Prologue, frame.Iteration!(), (ScalarType)value.Type);
        var distance = frame.Prologue.Compute(value.Type, Opcode.Multiply, Need(progression.Step, frame), iteration);
        var copy = Copy(value);
        frame.Prologue.Add(new Compute(copy, progression.Code, ImmutableArray.Create(Need(progression.Init, frame), distance)));
        return copy;
    }

    private Operand ReadBack(Value value, Value array, Frame frame)
    {
        var copy = Copy(value);
        var (storage, index) = (Need(array, frame), Need(((For)frame.Owner!).Index, frame));
        frame.Prologue.Add(new Load(copy, storage, index));
        return copy;
    }

    private Operand HandOut(Value value, Value result, Frame frame)
    {
        frame.HandedOut.Add((value, result));
        return Need(result, frame.Parent!);
    }

    private Operand Save(Value value, Frame frame)
    {
        var restored = Copy(value);
        frame.Saved.Add((value, restored));
        return restored;
    }

    /// <summary>Copies an operation into reverse code: it reads what reverse code has, and its results are new.</summary>
    private sealed class ReverseCopy : Rebuilder
    {
        private readonly PrimalValues _values;
        private readonly Frame _frame;

        public ReverseCopy(PrimalValues values, Frame frame)
        {
            _values = values;
            _frame = frame;
        }

        public override Operand Map(Operand operand) => _values.Need(operand, _frame);

        public override Value Define(Value value) => _values.Copy(value);

        public override Block Map(Block block) => throw new InvalidOperationException("an operation with blocks cannot be computed again");
    }
}
