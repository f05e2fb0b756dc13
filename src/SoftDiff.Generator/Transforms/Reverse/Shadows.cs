using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The shadow of an array or a tape: storage of the same shape for its cotangents. It is made when something asks for it.
/// </summary>
internal sealed class Shadows
{
    private readonly ReverseSweep _sweep;

    public Shadows(ReverseSweep sweep) => _sweep = sweep;

    public Operand Of(Operand array, Frame from)
    {
        var value = (Value)array;
        var frame = _sweep.PrimalValues.FrameOf(value, from);
        if (frame.Shadows.TryGetValue(value, out var known)) return known;
        var definition = _sweep.Primal.Definitions[value];
        var type = Signatures.Companion(value.Type, writable: true);
        var shadow = _sweep.Values.Fresh(type, value.Name.Length > 0 ? value.Name + "Bar" : "");
        // Each operand is the primal's own, which adjoint code that follows the primal sees as it is.
        Operand Need(Operand operand) => _sweep.Need(operand, frame);
        Op made = definition.Op switch
        {
            Allocate allocate => new Allocate(shadow, Need(allocate.Length), Cleared: true),
            OpenTape => new OpenTape(shadow),
            View view => new View(shadow, Of(view.Array, frame), Need(view.Start), view.Count is null ? null : Need(view.Count)),
            Flatten flatten => new Flatten(shadow, Of(flatten.Tensor, frame)),
            Arrange arrange => new Arrange(shadow, Of(arrange.Array, frame), arrange.Lengths.Select(Need).ToImmutableArray()),
            { } other => throw new UnknownOperationException("The adjoint of storage", other),
            null => throw new InvalidOperationException($"parameter {value.Name} has no adjoint"),
        };
        if (frame.Placement == Placement.Same) Frame.Place(frame.After, definition.Position, made);
        else frame.Prologue.Add(made);
        frame.Shadows[value] = shadow;
        return shadow;
    }

    /// <summary>The shadow of what a rule writes; zeros if the rest of the function does not depend on it.</summary>
    public Operand CotangentOf(Operand destination, Frame frame) =>
        _sweep.IsActive(destination) ? Of(destination, frame) : ArrayCode.Like(_sweep.Need(destination, frame), frame.Code);

    /// <summary>Adds an array of cotangents to a shadow.</summary>
    public void Add(Operand array, Operand gradient, Frame frame)
    {
        if (!_sweep.IsActive(array)) return;
        var shadow = frame.Code.Elements(Of(array, frame));
        gradient = frame.Code.Elements(gradient);
        ArrayCode.ForEach(gradient, frame.Code, (body, i) => body.Add(new Accumulate(shadow, i, body.Load(gradient, i))));
    }

    public Value Open(Value tape, BlockBuilder into)
    {
        var shadow = _sweep.Values.Fresh(TapeType.Instance, Cotangents.Name(tape));
        into.Add(new OpenTape(shadow));
        return shadow;
    }
}
