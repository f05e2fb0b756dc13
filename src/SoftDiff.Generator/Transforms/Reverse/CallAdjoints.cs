using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoints of calls that were not inlined (recursive or large). The callee's gradient takes its place, or the callee becomes two
/// functions: one that runs it and leaves on the tape what the other, its pullback, takes back. The reverse sweep undoes calls in the
/// opposite order, so the tape is a stack across any depth of calls.
/// </summary>
internal sealed class CallAdjoints
{
    private readonly ReverseSweep _sweep;

    public CallAdjoints(ReverseSweep sweep) => _sweep = sweep;

    private DerivedCallees Callees => _sweep.Primal.Callees;

    public void Reverse(Call call, int position, Frame frame)
    {
        var known = call.Values.Where(v => v.Type.IsFloat).Select(v => (Value: v, Bar: _sweep.Take(v, frame))).ToList();
        var plan = _sweep.Plan.Of(call, frame.At(position), known.Any(k => k.Bar is not null));
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
                    _sweep.Contribute(argument, builder.Multiply(known[0].Bar!, _sweep.Need(partial, frame)), frame);
                }

                break;
            case CallReversal.Pullback:
                var bars = known.Select(k => k.Bar ?? new NumberConstant((ScalarType)k.Value.Type, 0));
                ReverseByPullback(call, plan.Mask, position, frame, bars);
                break;
        }
    }

    private void ReverseByPullback(Call call, string mask, int position, Frame frame, IEnumerable<Operand> bars)
    {
        var forward = Callees.Request(VariantKind.Forward, call.Callee, mask);
        Frame.Place(frame.Replaced, position, call with { Callee = forward, Args = call.Args.Add(_sweep.Tape) });
        var callee = Callees.Primal(call.Callee);
        var args = callee.Inputs.Select((input, i) => (input.Value.Type, Argument: call.Args[i]))
            .Where(input => input.Type is ArrayType).Select(input => _sweep.Need(input.Argument, frame)).ToList();
        args.AddRange(bars);
        var active = CallMasks.Active(call, callee, mask).ToList();
        args.AddRange(active.Where(a => a.Type.IsStorage).Select(a => _sweep.Shadow(a, frame)));
        args.Add(_sweep.Tape);
        var gradients = active.Where(a => !a.Type.IsStorage)
            .Select(a => (Argument: a, Gradient: _sweep.Values.Fresh(a.Type, a is Value v ? Cotangents.Name(v) : ""))).ToList();
        var pullback = Callees.Request(VariantKind.Pullback, call.Callee, mask);
        frame.Code.Add(new Call(gradients.Select(g => g.Gradient).ToImmutableArray(), pullback, args.ToImmutableArray()));
        foreach (var (argument, gradient) in gradients) _sweep.Contribute(argument, gradient, frame);
    }
}
