using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// Arrays and tapes in the reverse sweep. Each has a shadow for its cotangents, and what moved numbers moves cotangents the other way.
internal sealed partial class ReverseTransform
{
    private void ReverseMovement(Op op, Frame frame)
    {
        switch (op)
        {
            case Load load when TakeBar(load.Result, frame) is { } bar:
                if (_activity.IsActive(load.Array)) frame.Code.Add(new Accumulate(Shadow(load.Array, frame), Need(load.Index, frame), bar));
                break;
            case Store store when _activity.IsActive(store.Array):
            {
                var (shadow, index) = (Shadow(store.Array, frame), Need(store.Index, frame));
                if (_activity.IsActive(store.Value))
                {
                    var bar = frame.Code.Load(shadow, index);
                    _naming.Suggest(bar, ((Value)store.Value).Name is { Length: > 0 } name ? name + "Bar" : "elementBar");
                    Contribute(store.Value, bar, frame);
                }

                frame.Code.Add(new Store(shadow, index, Zero(shadow)));
                break;
            }

            case Accumulate accumulate when _activity.IsActive(accumulate.Array) && _activity.IsActive(accumulate.Value):
                Contribute(accumulate.Value, frame.Code.Load(Shadow(accumulate.Array, frame), Need(accumulate.Index, frame)), frame);
                break;
            case Fill fill when _activity.IsActive(fill.Array):
            {
                var shadow = Shadow(fill.Array, frame);
                if (_activity.IsActive(fill.Value)) Contribute(fill.Value, Sum(shadow, frame.Code), frame);
                frame.Code.Add(new Fill(shadow, Zero(shadow)));
                break;
            }

            case IR.Copy copy when _activity.IsActive(copy.Destination):
                ReverseCopy(copy, frame);
                break;
        }
    }

    /// <summary>
    /// A push is reversed by a pop from the shadow, and a pop by a push. The shadow holds a cotangent for every number of the tape, active or not, so that
    /// what is taken back is what was pushed.
    /// </summary>
    private void ReverseTape(Op op, Frame frame)
    {
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && _activity.IsActive(push.Tape):
            {
                var bar = _values.Fresh(push.Value.Type, push.Value is Value pushed ? BarName(pushed) : "");
                frame.Code.Add(new Pop(bar, Shadow(push.Tape, frame)));
                Contribute(push.Value, bar, frame);
                break;
            }

            case Pop pop when pop.Result.Type.IsFloat && _activity.IsActive(pop.Tape):
                var taken = TakeBar(pop.Result, frame) ?? new NumberConstant((ScalarType)pop.Result.Type, 0);
                frame.Code.Add(new Push(Shadow(pop.Tape, frame), taken));
                break;
            case PushArray push when push.Array.Type.IsFloatArray && _activity.IsActive(push.Tape):
            {
                var bars = ArrayCode.Like(Need(push.Array, frame), frame.Code);
                frame.Code.Add(new PopArray(Shadow(push.Tape, frame), bars));
                AddToShadow(push.Array, bars, frame);
                break;
            }

            case PopArray pop when pop.Array.Type.IsFloatArray && _activity.IsActive(pop.Tape):
            {
                var bars = CotangentOf(pop.Array, frame);
                frame.Code.Add(new PushArray(Shadow(pop.Tape, frame), bars));
                if (!_activity.IsActive(pop.Array)) break;
                var elements = frame.Code.Elements(bars);
                frame.Code.Add(new Fill(elements, Zero(elements)));
                break;
            }
        }
    }

    private Value OpenShadow(Value tape, BlockBuilder into)
    {
        var shadow = _values.Fresh(TapeType.Instance, BarName(tape));
        into.Add(new OpenTape(shadow));
        return shadow;
    }

    /// <summary>The shadow of an array or a tape: storage of the same shape for its cotangents.</summary>
    private Operand Shadow(Operand array, Frame from)
    {
        var value = (Value)array;
        var frame = FrameOf(value, from);
        if (frame.Shadows.TryGetValue(value, out var known)) return known;
        var definition = _definitions[value];
        var type = Signatures.Companion(value.Type, writable: true);
        var shadow = _values.Fresh(type, value.Name.Length > 0 ? value.Name + "Bar" : "");
        // Each operand is the primal's own, which adjoint code that follows the primal sees as it is.
        Op made = definition.Op switch
        {
            Allocate allocate => new Allocate(shadow, Need(allocate.Length, frame), Cleared: true),
            OpenTape => new OpenTape(shadow),
            View view => new View(shadow, Shadow(view.Array, frame), Need(view.Start, frame), view.Count is null ? null : Need(view.Count, frame)),
            Flatten flatten => new Flatten(shadow, Shadow(flatten.Tensor, frame)),
            Arrange arrange => new Arrange(shadow, Shadow(arrange.Array, frame), arrange.Lengths.Select(l => Need(l, frame)).ToImmutableArray()),
            { } other => throw new UnknownOperationException("The adjoint of storage", other),
            null => throw new InvalidOperationException($"parameter {value.Name} has no adjoint"),
        };
        if (frame.Kind == FrameKind.Same) Frame.Place(frame.After, definition.Position, made);
        else frame.Prologue.Add(made);
        frame.Shadows[value] = shadow;
        return shadow;
    }

    private Operand Sum(Operand array, BlockBuilder code)
    {
        var element = ((ArrayType)array.Type).Element;
        var length = code.Length(array);
        var (index, total, result) = (_values.Fresh(ScalarType.Int32, "i"), _values.Fresh(element, "sum"), _values.Fresh(element, "sum"));
        var body = new BlockBuilder(_values);
        var next = body.Compute(element, Opcode.Add, total, body.Load(array, index));
        code.Add(new For(index, Int(0), length, 1, false, ImmutableArray.Create(new Carried(total, new NumberConstant(element, 0), result)), body.Build(next)));
        return result;
    }

    private static IntegerConstant Int(long number) => new(ScalarType.Int32, number);

    /// <summary>The destination's cotangent moves to the source. Through a temporary, since both may be views of one array.</summary>
    private void ReverseCopy(Copy copy, Frame frame)
    {
        var code = frame.Code;
        var shadow = Shadow(copy.Destination, frame);
        var length = code.Length(Need(copy.Source, frame));
        var moved = _values.Fresh(shadow.Type, "moved");
        var part = _values.Fresh(shadow.Type, "part");
        code.Add(new View(part, shadow, Int(0), length));
        if (!_activity.IsActive(copy.Source))
        {
            code.Add(new Fill(part, Zero(shadow)));
            return;
        }

        code.Add(new Allocate(moved, length, Cleared: false));
        code.Add(new Copy(part, moved));
        code.Add(new Fill(part, Zero(shadow)));
        var index = _values.Fresh(ScalarType.Int32, "i");
        var body = new BlockBuilder(_values);
        body.Add(new Accumulate(Shadow(copy.Source, frame), index, body.Load(moved, index)));
        code.Add(new For(index, Int(0), length, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
    }
}
