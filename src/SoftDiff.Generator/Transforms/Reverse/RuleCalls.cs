using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Reverse;

// Calls of methods that bring their own derivative. A forward method takes the call's place and leaves a residual for the backward method, which is
// called in the reverse sweep; where there is no backward method, the tangent method is called there, once for each partial.
internal sealed partial class ReverseTransform
{
    private void ReverseRuleCall(RuleCall call, int position, Frame frame)
    {
        var rule = call.Rule;
        var destinations = Parameters(rule, RuleRole.Destination).Where(i => _activity.IsActive(call.Args[i])).ToList();
        var bars = call.Values.Select(v => TakeBar(v, frame)).ToList();
        var active = Enumerable.Range(0, call.Args.Length).Where(i => rule.Parameters[i].IsDifferentiable && _activity.IsActive(call.Args[i])).ToList();
        if (bars.All(b => b is null) && destinations.Count == 0 && active.All(i => rule.Parameters[i].Role != RuleRole.Buffer)) return;
        if (active.Count == 0)
        {
            ClearDestinations(call, destinations, frame);
            return;
        }

        if (rule.Backward is null)
        {
            ReverseByTangents(call, position, frame, bars);
            return;
        }

        Operand? residual = null;
        if (rule.Forward is not null)
        {
            var kept = _values.Fresh(rule.Residual!, "residual");
            _definitions.Add(kept, frame.Primal, position, call);
            Frame.Place(frame.Replaced, position, RuleMethodCalls.Of(rule.Forward, call.Values.Add(kept), call.Args) with { Line = call.Line });
            residual = Need(kept, frame);
        }

        var args = rule.BackwardTakesPrimal || rule.Form == RuleForm.Companion
            ? NeedContents(call, position, frame)
            : call.Args.Select(a => a.Type is ArrayType ? Need(a, frame) : a).ToList();
        var cotangents = bars.Select((bar, i) => bar ?? new NumberConstant(rule.Results[i], 0))
            .Concat(Parameters(rule, RuleRole.Destination).Select(i => CotangentOf(call.Args[i], frame)))
            .ToList();
        foreach (var check in RuleMethodCalls.Overlaps(call, _definitions)) Frame.Place(frame.Before, position, check);
        var (scalars, spans) = RuleMethodCalls.CallBackward(rule, args, residual, cotangents, frame.Code, i => CotangentOf(call.Args[i], frame));
        ClearDestinations(call, destinations, frame);
        foreach (var (i, gradient) in scalars) Contribute(call.Args[i], gradient, frame);
        foreach (var (i, gradient) in spans) AddToShadow(call.Args[i], gradient, frame);
    }

    private static IEnumerable<int> Parameters(CustomRule rule, RuleRole role) =>
        Enumerable.Range(0, rule.Parameters.Length).Where(i => rule.Parameters[i].Role == role);

    private Operand CotangentOf(Operand destination, Frame frame) =>
        _activity.IsActive(destination) ? Shadow(destination, frame) : ArrayCode.Like(Need(destination, frame), frame.Code);

    private void ClearDestinations(RuleCall call, List<int> destinations, Frame frame)
    {
        foreach (var i in destinations)
        {
            var shadow = frame.Code.Elements(Shadow(call.Args[i], frame));
            frame.Code.Add(new Fill(shadow, Zero(shadow)));
        }
    }

    private void AddToShadow(Operand array, Operand gradient, Frame frame)
    {
        if (!_activity.IsActive(array)) return;
        var shadow = frame.Code.Elements(Shadow(array, frame));
        gradient = frame.Code.Elements(gradient);
        ArrayCode.ForEach(gradient, frame.Code, (body, i) => body.Add(new Accumulate(shadow, i, body.Load(gradient, i))));
    }

    /// <summary>The primal's arguments as the backward method must see them: arrays with the elements they had at the call.</summary>
    private List<Operand> NeedContents(RuleCall call, int position, Frame frame)
    {
        var args = new Operand[call.Args.Length];
        // What is pushed after the call comes back before what is pushed before it.
        var order = Enumerable.Range(0, args.Length).OrderBy(i => call.Rule.Parameters[i].Role == RuleRole.Destination ? 0 : 1).ThenByDescending(i => i);
        foreach (var i in order)
        {
            var arg = call.Args[i];
            var isWritten = call.Rule.Parameters[i].Role == RuleRole.Destination;
            args[i] = arg.Type is ArrayType ? NeedElements(arg, position, frame, after: isWritten) : Need(arg, frame);
        }

        return args.ToList();
    }

    private Operand NeedElements(Operand array, int position, Frame frame, bool after)
    {
        var start = after ? position : position - 1;
        if (IsStable(array, start, frame)) return Need(array, frame);
        if (array.Type is ArrayType { IsTensor: true } && _definitions[(Value)array].Op is Arrange arrange)
        {
            var elements = NeedElements(arrange.Array, position, frame, after);
            var tensor = _values.Fresh(((ArrayType)elements.Type).AsTensor(), ((Value)array).Name);
            frame.Code.Add(new Arrange(tensor, elements, arrange.Lengths.Select(l => Need(l, frame)).ToImmutableArray()));
            return tensor;
        }

        if (frame.Kind == FrameKind.Same)
        {
            var snapshot = _values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
            var length = _values.Fresh(ScalarType.Int32);
            var where = after ? frame.After : frame.Before;
            Frame.Place(where, position, new Length(length, array));
            Frame.Place(where, position, new Allocate(snapshot, length, Cleared: false));
            Frame.Place(where, position, new Copy(array, snapshot));
            return snapshot;
        }

        Frame.PlaceFirst(after ? frame.After : frame.Before, position, new PushArray(Tape(), array));
        var copy = _values.Fresh(Signatures.Companion(array.Type, writable: true), ((Value)array).Name);
        frame.Code.Add(new Allocate(copy, frame.Code.Length(Need(array, frame)), Cleared: false));
        frame.Code.Add(new PopArray(Tape(), copy));
        return copy;
    }

    /// <summary>Without a backward method: one tangent per scalar input and per element of a span, each with a unit tangent.</summary>
    private void ReverseByTangents(RuleCall call, int position, Frame frame, List<Operand?> bars)
    {
        var rule = call.Rule;
        if (bars.Count != 1 || bars[0] is not { } bar) throw new MissingRuleException(rule.Primal, "give it [CustomVjp]", call.Line);
        var type = (ScalarType)bar.Type;
        var args = NeedContents(call, position, frame);
        var differentiable = Enumerable.Range(0, args.Count).Where(i => rule.Parameters[i].Role is RuleRole.Scalar or RuleRole.Input).ToList();
        var zeros = differentiable.Where(i => rule.Parameters[i].Role == RuleRole.Input)
            .ToDictionary(i => i, i => (Operand)ArrayCode.Like(args[i], frame.Code));
        Operand Partial(BlockBuilder into, int unit)
        {
            var tangents = differentiable.Select(i =>
                zeros.TryGetValue(i, out var zero) ? zero : new NumberConstant((ScalarType)args[i].Type, i == unit ? 1 : 0));
            var (value, partial) = (_values.Fresh(type), _values.Fresh(type));
            into.Add(RuleMethodCalls.Of(rule.Tangent!, ImmutableArray.Create(value, partial), args.Concat(tangents)));
            return into.Compute(type, Opcode.Multiply, bar, partial);
        }

        foreach (var i in differentiable.Where(i => _activity.IsActive(call.Args[i])))
        {
            if (rule.Parameters[i].Role == RuleRole.Scalar)
            {
                Contribute(call.Args[i], Partial(frame.Code, i), frame);
                continue;
            }

            var (unit, shadow) = (frame.Code.Elements(zeros[i]), frame.Code.Elements(Shadow(call.Args[i], frame)));
            ArrayCode.ForEach(unit, frame.Code, (body, index) =>
            {
                body.Add(new Store(unit, index, new NumberConstant(type, 1)));
                body.Add(new Accumulate(shadow, index, Partial(body, -1)));
                body.Add(new Store(unit, index, new NumberConstant(type, 0)));
            });
        }
    }
}
