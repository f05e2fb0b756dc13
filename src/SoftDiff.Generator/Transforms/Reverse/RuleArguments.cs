using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The primal's arguments as the backward method of a rule must see them: arrays with the elements that they had at the call.
/// </summary>
internal sealed class RuleArguments
{
    private readonly ReverseSweep _sweep;

    public RuleArguments(ReverseSweep sweep) => _sweep = sweep;

    public List<Operand> Need(RuleCall call, int position, Frame frame)
    {
        var args = new Operand[call.Args.Length];
        // What is pushed after the call comes back before what is pushed before it.
        bool IsWritten(int i) => call.Rule.Parameters[i].Role == RuleRole.Destination;
        foreach (var i in Enumerable.Range(0, args.Length).OrderBy(i => IsWritten(i) ? 0 : 1).ThenByDescending(i => i))
        {
            var arg = call.Args[i];
            args[i] = arg.Type is ArrayType ? NeedElements(call, arg, position, frame, after: IsWritten(i)) : _sweep.Need(arg, frame);
        }

        return args.ToList();
    }

    private Operand NeedElements(RuleCall call, Operand array, int position, Frame frame, bool after)
    {
        switch (_sweep.Plan.Elements(call, frame.At(position), array, after))
        {
            case ArrayAccess.Unchanged:
                return _sweep.Need(array, frame);
            case ArrayAccess.Rearranged:
                var arrange = (Arrange)_sweep.Primal.Definitions.OpOf(array)!;
                var elements = NeedElements(call, arrange.Array, position, frame, after);
                var tensor = _sweep.Values.Fresh(((ArrayType)elements.Type).AsTensor(), ((Value)array).Name);
                frame.Code.Add(new Arrange(tensor, elements, arrange.Lengths.Select(l => _sweep.Need(l, frame)).ToImmutableArray()));
                return tensor;
            case ArrayAccess.Copied:
                return CopyElements(array, after ? frame.After : frame.Before, position);
            case ArrayAccess.OnTape:
                Frame.PlaceFirst(after ? frame.After : frame.Before, position, new PushArray(_sweep.Tape, array));
                var popped = _sweep.Values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
                frame.Code.Add(new Allocate(popped, frame.Code.Length(_sweep.Need(array, frame)), Cleared: false));
                frame.Code.Add(new PopArray(_sweep.Tape, popped));
                return popped;
            default:
                throw new ArgumentOutOfRangeException(nameof(array));
        }
    }

    private Value CopyElements(Operand array, Dictionary<int, List<Op>> where, int position)
    {
        var copy = _sweep.Values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
        var length = _sweep.Values.Fresh(ScalarType.Int32);
        Frame.Place(where, position, new Length(length, array));
        Frame.Place(where, position, new Allocate(copy, length, Cleared: false));
        Frame.Place(where, position, new Copy(array, copy));
        return copy;
    }
}
