using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>When an argument of a call is seen.</summary>
internal enum Moment
{
    /// <summary>With the elements that an array had before the call.</summary>
    Before,

    /// <summary>With the elements that an array had after it.</summary>
    After,

    /// <summary>For its shape.</summary>
    Any,

    /// <summary>Not at all.</summary>
    Never,
}

/// <summary>
/// The arguments of a call as reverse code must see them: arrays with the elements that they had at the call.
/// </summary>
internal sealed class CallArguments(ReverseSweep sweep)
{
    /// <summary>The arguments that are seen, in order.</summary>
    public List<Operand> Need(Op call, ImmutableArray<Operand> arguments, Func<int, Moment> momentOf, int position, Frame frame)
    {
        var args = new Operand?[arguments.Length];
        // What is pushed after the call comes back before what is pushed before it.
        foreach (var i in Enumerable.Range(0, args.Length).OrderBy(i => momentOf(i) == Moment.After ? 0 : 1).ThenByDescending(i => i))
        {
            var (arg, moment) = (arguments[i], momentOf(i));
            if (moment == Moment.Never) continue;
            args[i] = arg.Type is not ArrayType || moment == Moment.Any ? sweep.Need(arg, frame)
                : NeedElements(call, arg, position, frame, moment == Moment.After);
        }

        return args.Where(arg => arg is not null).Select(arg => arg!).ToList();
    }

    private Operand NeedElements(Op call, Operand array, int position, Frame frame, bool after)
    {
        switch (sweep.Plan.Elements(call, frame.At(position), array, after))
        {
            case ArrayAccess.Unchanged:
                return sweep.Need(array, frame);
            case ArrayAccess.Rearranged:
                var arrange = (Arrange)sweep.Primal.Definitions.OpOf(array)!;
                var elements = NeedElements(call, arrange.Array, position, frame, after);
                var tensor = sweep.Values.Fresh(((ArrayType)elements.Type).AsTensor(), ((Value)array).Name);
                frame.Code.Add(new Arrange(tensor, elements, arrange.Lengths.Select(l => sweep.Need(l, frame)).ToImmutableArray()));
                return tensor;
            case ArrayAccess.Copied:
                return CopyElements(array, after ? frame.After : frame.Before, position);
            case ArrayAccess.OnTape:
                Frame.PlaceFirst(after ? frame.After : frame.Before, position, new PushArray(sweep.Tape, array));
                var popped = sweep.Values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
                frame.Code.Add(new Allocate(popped, frame.Code.Length(sweep.Need(array, frame)), Cleared: false));
                frame.Code.Add(new PopArray(sweep.Tape, popped));
                return popped;
            default:
                throw new ArgumentOutOfRangeException(nameof(array));
        }
    }

    private Value CopyElements(Operand array, Dictionary<int, List<Op>> where, int position)
    {
        var copy = sweep.Values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
        var length = sweep.Values.Fresh(ScalarType.Int32);
        Frame.Place(where, position, new Length(length, array));
        Frame.Place(where, position, new Allocate(copy, length, Cleared: false));
        Frame.Place(where, position, new Copy(array, copy));
        return copy;
    }
}
