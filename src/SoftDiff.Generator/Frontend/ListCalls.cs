using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Methods of lists, stacks and queues. Exceptions are those of System.Collections.Generic.
internal sealed partial class FunctionLowering
{
    private const string Stacks = "use Push, Pop, Peek, Enqueue, Dequeue, their forms with Try, Clear, ToArray, Count, foreach and queries, or work on the array that ToArray gives";

    private Operand? LowerListCall(IInvocationOperation call, MadeList list)
    {
        var (name, args) = (call.TargetMethod.Name, call.Arguments.Select(a => a.Value).ToList());
        if (_enumerated.Contains(list) && name is not ("ToArray" or "Peek" or "TryPeek")) return Unsupported(call, Unchanged);
        switch (name, args.Count)
        {
            case ("Add" or "Push" or "Enqueue", 1):
                Append(list, Lower(args[0]));
                return null;
            case ("AddRange", 1):
                AppendAll(list, args[0], call);
                return null;
            case ("Insert", 2):
                Insert(list, Lower(args[0]), Lower(args[1]));
                return null;
            case ("RemoveAt", 1):
                RemoveAt(list, Lower(args[0]));
                return null;
            case ("Clear", 0):
                Clear(list);
                return null;
            case ("ToArray", 0):
                return list.IsStack || list.Element is not ScalarType ? ToArray(call, ElementsOf(list)) : _arrays.CopyOf(_arrays.View(list.Numbers, FirstOf(list), CountOf(list)));
            case ("Pop" or "Peek" or "Dequeue", 0):
                Refuse(IsEmpty(CountOf(list)), $"new global::System.InvalidOperationException(\"{list.Of.Name} empty.\")");
                var next = ItemAt(list, Constants.Int(0));
                if (name != "Peek") TakeNext(list);
                return next;
            case ("TryPop" or "TryPeek" or "TryDequeue", 1) when Place(args[0]) is { } place:
                return TryNext(list, place, isTaken: name != "TryPeek");
            default:
                return Unsupported(call, list.IsList ? Lists : Stacks);
        }
    }

    private Operand TryNext(MadeList list, AssignablePlace place, bool isTaken)
    {
        var isEmpty = IsEmpty(CountOf(list));
        place.Write(this, Constants.Default(list.Element));
        _branches.Branch(isEmpty, () => { }, () =>
        {
            place.Write(this, ItemAt(list, Constants.Int(0)));
            if (isTaken) TakeNext(list);
        });
        return Not(isEmpty);
    }

    /// <summary>Takes the next value off a stack or a queue.</summary>
    private void TakeNext(MadeList list)
    {
        if (list.First is { } first) _point.Env.Set(first, _arrays.Sum(FirstOf(list), Constants.Int(1)));
        else SetEnd(list, Minus(EndOf(list), Constants.Int(1)));
    }

    private void Insert(MadeList list, Operand index, Operand value)
    {
        var count = CountOf(list);
        var isOutside = _point.Block.Compute(ScalarType.Bool, Opcode.BitOr, Less(index, Constants.Int(0)), Less(count, index));
        Refuse(isOutside, "new global::System.ArgumentOutOfRangeException(\"index\", \"Index must be within the bounds of the List.\")");
        var (rest, next) = (Minus(count, index), _arrays.Sum(index, Constants.Int(1)));
        Copy(list, index, list, next, rest);
        WriteItem(list, index, value);
        Grow(list, Constants.Int(1));
    }

    private void RemoveAt(MadeList list, Operand index)
    {
        var count = CountOf(list);
        RequireIndex(index, count);
        var fewer = Minus(count, Constants.Int(1));
        var isLast = index is Value value && _point.Block.Find(value) is Compute { Code: Opcode.Subtract } last && last.Args.SequenceEqual(new[] { count, Constants.Int(1) });
        if (!isLast)
        {
            var rest = Minus(fewer, index);
            Copy(list, _arrays.Sum(index, Constants.Int(1)), list, index, rest);
        }

        SetEnd(list, fewer);
    }
}
