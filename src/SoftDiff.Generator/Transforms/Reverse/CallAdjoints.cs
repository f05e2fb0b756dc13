using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoints of calls that were not inlined (recursive or large). The callee's gradient takes its place, or the callee becomes two
/// functions: one that runs it and leaves on the tape what the other, its pullback, takes back. The reverse sweep undoes calls in the
/// opposite order, so the tape is a stack across any depth of calls.
/// </summary>
internal sealed class CallAdjoints(ReverseSweep sweep)
{
    private readonly CallArguments _arguments = new(sweep);

    private DerivedCallees Callees => sweep.Primal.Callees;

    public void Reverse(Call call, int position, Frame frame)
    {
        var known = call.Values.Where(v => v.Type.IsFloat).Select(v => (Value: v, Bar: sweep.Take(v, frame))).ToList();
        var plan = sweep.Plan.Of(call, frame.At(position), known.Any(k => k.Bar is not null));
        switch (plan.Reversal)
        {
            case CallReversal.None:
                Frame.Place(frame.Replaced, position, call with { Callee = Callees.Request(VariantKind.Primal, call.Callee, "") });
                break;
            case CallReversal.Gradient:
                Frame.Place(frame.Replaced, position, plan.Gradient!);
                foreach (var (argument, partial) in plan.Partials)
                {
                    var builder = new RuleBuilder(frame.Code, (ScalarType)partial.Type, _ => argument, () => partial);
                    sweep.Contribute(argument, builder.Multiply(known[0].Bar!, sweep.Need(partial, frame)), frame);
                }

                break;
            case CallReversal.Pullback:
                ReverseByPullback(call, plan.Mask, position, frame, known.Select(Bar));
                break;
            case CallReversal.Again:
                Frame.Place(frame.Replaced, position, call with { Callee = Callees.Request(VariantKind.Primal, call.Callee, "") });
                var arguments = _arguments.Need(call, call.Args, _ => Moment.Before, position, frame);
                Propagate(VariantKind.Vjp, call, plan.Mask, arguments, known.Select(Bar), frame);
                break;
            case CallReversal.AgainFromSlots:
                ReverseFromSlots(call, plan.Mask, position, frame, known.Select(Bar));
                break;
        }
    }

    private static Operand Bar((Value Value, Operand? Bar) result) => result.Bar ?? new NumberConstant((ScalarType)result.Value.Type, 0);

    private void ReverseByPullback(Call call, string mask, int position, Frame frame, IEnumerable<Operand> bars)
    {
        PlaceForward(call, mask, position, frame);
        var callee = Callees.Primal(call.Callee);
        var args = callee.Inputs.Select((input, i) => (input.Value.Type, Argument: call.Args[i]))
            .Where(input => input.Type is ArrayType).Select(input => sweep.Need(input.Argument, frame)).ToList();
        Propagate(VariantKind.Pullback, call, mask, args, bars, frame);
    }

    /// <summary>
    /// The state comes back from the tape; of its arrays only the shapes are asked for. The loop leaves its other arrays as they are, so they
    /// can be kept after it.
    /// </summary>
    private void ReverseFromSlots(Call call, string mask, int position, Frame frame, IEnumerable<Operand> bars)
    {
        PlaceForward(call, mask, position, frame);
        var callee = Callees.Primal(call.Callee);
        var (inputs, written) = (callee.Inputs, Signatures.Written(callee));
        Moment MomentOf(int i) => inputs[i].IsResult ? Moment.Never : written.Contains(inputs[i].Value) ? Moment.Any : Moment.After;
        var args = _arguments.Need(call, call.Args, MomentOf, position, frame);
        Propagate(VariantKind.Pullback, call, mask, args, bars, frame);
    }

    private void PlaceForward(Call call, string mask, int position, Frame frame)
    {
        var forward = Callees.Request(VariantKind.Forward, call.Callee, mask);
        Frame.Place(frame.Replaced, position, call with { Callee = forward, Args = call.Args.Add(sweep.Tape) });
    }

    /// <summary>Calls a function that takes cotangents of results and shadows of arrays, and gives the gradients of active scalars.</summary>
    private void Propagate(VariantKind kind, Call call, string mask, List<Operand> args, IEnumerable<Operand> bars, Frame frame)
    {
        args.AddRange(bars);
        var active = CallMasks.Active(call, Callees.Primal(call.Callee), mask).ToList();
        args.AddRange(active.Where(a => a.Type.IsStorage).Select(a => sweep.Shadow(a, frame)));
        if (kind == VariantKind.Pullback) args.Add(sweep.Tape);
        var gradients = active.Where(a => !a.Type.IsStorage)
            .Select(a => (Argument: a, Gradient: sweep.Values.Fresh(a.Type, a is Value v ? Cotangents.Name(v) : ""))).ToList();
        frame.Code.Add(new Call(gradients.Select(g => g.Gradient).ToImmutableArray(), Callees.Request(kind, call.Callee, mask), args.ToImmutableArray()));
        foreach (var (argument, gradient) in gradients) sweep.Contribute(argument, gradient, frame);
    }
}
