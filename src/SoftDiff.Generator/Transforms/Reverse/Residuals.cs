using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// Primal values in the reverse sweep: at hand, computed again, or saved ("to be recorded", Hascoët, Naumann and Pascual 2005). Memory is never rolled back:
// a load whose element may have changed since is a value like any other and is saved.
internal sealed partial class ReverseTransform
{
    /// <summary>A value costs at most this much to compute again; otherwise it is saved.</summary>
    private const int RecomputeLimit = 6;

    private const int Never = 1000;

    /// <summary>The frame, this one or an outer one, whose block defines the value.</summary>
    private Frame FrameOf(Value value, Frame from)
    {
        if (!_definitions.TryGet(value, out var definition)) return Outermost(from);
        for (var frame = from; ; frame = frame.Parent!)
        {
            if (ReferenceEquals(frame.Primal, definition.Block)) return frame;
            if (frame.Parent is null) throw new InvalidOperationException($"{value} {value.Name} is not visible in the reverse sweep");
        }
    }

    private static Frame Outermost(Frame frame)
    {
        while (frame.Parent is not null) frame = frame.Parent;
        return frame;
    }

    /// <summary>The primal operand as adjoint code of the frame can read it.</summary>
    private Operand Need(Operand operand, Frame from)
    {
        if (operand is not Value value || !_definitions.TryGet(value, out _)) return operand;
        var frame = FrameOf(value, from);
        if (frame.Kind == FrameKind.Same) return value;
        if (frame.Known.TryGetValue(value, out var known)) return known;
        var result = value.Type is ArrayType || Cost(value, frame, RecomputeLimit) <= RecomputeLimit
            ? Recompute(value, frame)
            : Kept(value, frame) ?? Save(value, frame);
        frame.Known[value] = result;
        return result;
    }

    /// <summary>What computing the value again in its frame costs, in flops or so; stops counting above the limit.</summary>
    private int Cost(Operand operand, Frame from, int limit)
    {
        if (operand is not Value value || !_definitions.TryGet(value, out var definition)) return 0;
        if (limit < 0) return Never;
        var frame = FrameOf(value, from);
        if (frame.Kind == FrameKind.Same || frame.Known.ContainsKey(value)) return 0;
        switch (definition.Op)
        {
            case Compute { Code: Opcode.CheckIndex } check:
                return Cost(check.Args[0], frame, limit);
            case Compute compute:
                if (!_options.Recompute) return Never;
                var cost = ScalarFunctions.Of(compute.Code).Cost ?? Never;
                foreach (var arg in compute.Args)
                {
                    if (cost > limit) return Never;
                    cost += Cost(arg, frame, limit - cost);
                }

                return cost;
            case Length length:
                return CanReach(length.Array, frame) ? 0 : Never;
            case Load load:
                return _options.Recompute && IsStable(load.Array, definition.Position, frame) ? 1 + Cost(load.Index, frame, limit - 1) : Never;
            case Loop loop when definition.Position < 0 && Progression.Of(loop, value, _definitions) is { } progression:
                return 2 + Cost(progression.Init, frame, limit - 2) + Cost(progression.Step, frame, limit - 2);
            default:
                return Never;
        }
    }

    private Operand Recompute(Value value, Frame frame)
    {
        var definition = _definitions[value];
        var prologue = frame.Prologue;
        switch (definition.Op)
        {
            // What the forward sweep found to be in range.
            case Compute { Code: Opcode.CheckIndex } check:
                return Need(check.Args[0], frame);

            case Compute compute:
            {
                var args = compute.Args.Select(a => Need(a, frame)).ToImmutableArray();
                var copy = Copy(value);
                prologue.Add(compute with { Result = copy, Args = args });
                return copy;
            }

            case Length length:
            {
                var array = Need(length.Array, frame);
                var copy = Copy(value);
                prologue.Add(new Length(copy, array));
                return copy;
            }

            case Load load:
            {
                var (array, index) = (Need(load.Array, frame), Need(load.Index, frame));
                var copy = Copy(value);
                prologue.Add(new Load(copy, array, index));
                return copy;
            }

            case View view:
            {
                var (array, start, count) = (Need(view.Array, frame), Need(view.Start, frame), view.Count is null ? null : Need(view.Count, frame));
                var copy = Copy(value);
                prologue.Add(new View(copy, array, start, count));
                return copy;
            }

            case Flatten flatten:
            {
                var tensor = Need(flatten.Tensor, frame);
                var copy = Copy(value);
                prologue.Add(new Flatten(copy, tensor));
                return copy;
            }

            case Arrange arrange:
            {
                var (array, lengths) = (Need(arrange.Array, frame), arrange.Lengths.Select(l => Need(l, frame)).ToImmutableArray());
                var copy = Copy(value);
                prologue.Add(new Arrange(copy, array, lengths));
                return copy;
            }

            case Lengths lengths:
            {
                var tensor = Need(lengths.Tensor, frame);
                var copy = Copy(value);
                prologue.Add(new Lengths(copy, tensor));
                return copy;
            }

            case Allocate allocate:
            {
                // The contents are gone (a load from it is never stable); what is asked for is an array of the same shape.
                var copy = Copy(value);
                prologue.Add(new Allocate(copy, Need(allocate.Length, frame), Cleared: false));
                return copy;
            }

            case Loop loop when Progression.Of(loop, value, _definitions) is { } progression:
            {
                // Init + step · iteration, exact because integers wrap around.
                var iteration = Cast(prologue, frame.Iteration!(), (ScalarType)value.Type);
                var distance = prologue.Compute(value.Type, Opcode.Multiply, Need(progression.Step, frame), iteration);
                var copy = Copy(value);
                prologue.Add(new Compute(copy, progression.Code, ImmutableArray.Create(Need(progression.Init, frame), distance)));
                return copy;
            }

            default:
                throw new InvalidOperationException($"{value} cannot be computed again");
        }
    }

    private Value Copy(Value value) => _values.Fresh(value.Type, value.Name);

    private static Operand Cast(BlockBuilder block, Operand operand, ScalarType type) =>
        operand.Type == type ? operand
        : operand is IntegerConstant constant ? new IntegerConstant(type, constant.Number)
        : block.Compute(type, Opcode.Convert, operand);

    /// <summary>Whether the storage of an array still exists where the frame's adjoint code runs.</summary>
    private bool CanReach(Operand array, Frame from) =>
        _definitions.Root(array) is not Value root || FrameOf(root, from).Kind == FrameKind.Same
        || _definitions[root].Op is null;

    /// <summary>Whether no write to the array can run after the position in the frame's block and before the frame's adjoint code.</summary>
    private bool IsStable(Operand array, int position, Frame frame)
    {
        var root = _definitions.Root(array);
        if (root is not Value value || (_definitions.TryGet(value, out var definition) && definition.Op is Lengths)) return true;
        if (!CanReach(root, frame) || Outermost(frame).Kind == FrameKind.Split) return false;
        for (var current = frame; ; current = current.Parent!)
        {
            for (var i = position + 1; i < current.Primal.Ops.Length; i++)
            {
                if (_effects.Writes(current.Primal.Ops[i]).Contains(root)) return false;
            }

            if (current.Kind == FrameKind.Same) return true;
            if (current.Kind == FrameKind.LoopBody && current.Primal.Ops.Any(op => _effects.Writes(op).Contains(root))) return false;
            position = current.Position;
        }
    }

    /// <summary>
    /// The value read back from where its iteration stored it, if that is the element of the loop's index and nothing else writes the array until
    /// then; null if it was not kept so.
    /// </summary>
    private Operand? Kept(Value value, Frame frame)
    {
        if (!_options.Recompute || frame.Kind != FrameKind.LoopBody || frame.Owner is not For loop || Outermost(frame).Kind == FrameKind.Split) return null;
        foreach (var store in frame.Primal.Ops.OfType<Store>().Where(s => s.Value.Equals(value) && s.Index.Equals(loop.Index)))
        {
            if (_definitions.Root(store.Array) is not Value root || !root.Equals(store.Array)) continue;
            if (ReferenceEquals(FrameOf(root, frame), frame) || !CanReach(root, frame)) continue;
            if (frame.Primal.Ops.Count(op => _effects.Writes(op).Contains(root)) != 1 || !IsStable(root, frame.Position, frame.Parent!)) continue;
            var copy = Copy(value);
            var (array, index) = (Need(root, frame), Need(loop.Index, frame));
            frame.Prologue.Add(new Load(copy, array, index));
            return copy;
        }

        return null;
    }

    /// <summary>Has the forward code keep the value, and gives its copy in the frame's reverse block.</summary>
    private Operand Save(Value value, Frame frame)
    {
        if (frame.Kind == FrameKind.Branch)
        {
            var result = Copy(value);
            var owner = frame.Parent!;
            frame.HandedOut.Add((value, result));
            _definitions.Add(result, owner.Primal, frame.Position, frame.Owner!);
            return Need(result, owner);
        }

        var restored = Copy(value);
        frame.Saved.Add((value, restored));
        return restored;
    }
}
