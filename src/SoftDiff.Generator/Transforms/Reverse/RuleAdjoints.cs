namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoints of calls of methods that bring their own derivative. A forward method takes the call's place and leaves a residual for the
/// backward method, which is called in the reverse sweep. If there is no backward method, the tangent method is called there, once for each
/// partial.
/// </summary>
internal sealed class RuleAdjoints(ReverseSweep sweep)
{
    private readonly CallArguments _arguments = new(sweep);

    public void Reverse(RuleCall call, int position, Frame frame)
    {
        var rule = call.Rule;
        var destinations = Parameters(rule, RuleRole.Destination).Where(i => sweep.IsActive(call.Args[i])).ToList();
        var bars = call.Values.Select(v => sweep.Take(v, frame)).ToList();
        var active = Enumerable.Range(0, call.Args.Length)
            .Where(i => rule.Parameters[i].IsDifferentiable && sweep.IsActive(call.Args[i])).ToList();
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
            var kept = sweep.Plan.Residual(call, frame.At(position));
            var forward = RuleMethodCalls.Of(rule.Forward, call.Values.Add(kept), call.Args, rule.ReadOnly);
            Frame.Place(frame.Replaced, position, forward with { Line = call.Line });
            residual = sweep.Need(kept, frame);
        }

        var args = rule.BackwardTakesPrimal || rule.Form == RuleForm.Companion
            ? NeedArguments(call, position, frame)
            : call.Args.Select(a => a.Type is ArrayType ? sweep.Need(a, frame) : a).ToList();
        Operand CotangentOf(int i) => sweep.Shadows.CotangentOf(call.Args[i], frame);
        var cotangents = bars.Select((bar, i) => bar ?? new NumberConstant(rule.Results[i], 0))
            .Concat(Parameters(rule, RuleRole.Destination).Select(CotangentOf))
            .ToList();
        foreach (var check in RuleMethodCalls.Overlaps(call, sweep.Primal.Definitions)) Frame.Place(frame.Before, position, check);
        var (scalars, spans) = RuleMethodCalls.CallBackward(rule, args, residual, cotangents, frame.Code, CotangentOf);
        ClearDestinations(call, destinations, frame);
        foreach (var (i, gradient) in scalars) sweep.Contribute(call.Args[i], gradient, frame);
        foreach (var (i, gradient) in spans) sweep.Shadows.Add(call.Args[i], gradient, frame);
    }

    /// <summary>The arguments as the rule's method must see them: what it writes with the elements after the call.</summary>
    private List<Operand> NeedArguments(RuleCall call, int position, Frame frame) => _arguments.Need(
        call, call.Args, i => call.Rule.Parameters[i].Role == RuleRole.Destination ? Moment.After : Moment.Before, position, frame);

    private static IEnumerable<int> Parameters(CustomRule rule, RuleRole role) =>
        Enumerable.Range(0, rule.Parameters.Length).Where(i => rule.Parameters[i].Role == role);

    private void ClearDestinations(RuleCall call, List<int> destinations, Frame frame)
    {
        foreach (var i in destinations)
        {
            var shadow = frame.Code.Elements(sweep.Shadow(call.Args[i], frame));
            frame.Code.Add(new Fill(shadow, ArrayCode.Zero(shadow)));
        }
    }

    /// <summary>Without a backward method: one tangent per scalar input and per element of a span, each with a unit tangent.</summary>
    private void ReverseByTangents(RuleCall call, int position, Frame frame, List<Operand?> bars)
    {
        var rule = call.Rule;
        if (bars.Count != 1 || bars[0] is not { } bar) throw new MissingRuleException(rule.Primal, "give it [CustomVjp]", call.Line);
        var type = (ScalarType)bar.Type;
        var args = NeedArguments(call, position, frame);
        var differentiable = Enumerable.Range(0, args.Count)
            .Where(i => rule.Parameters[i].Role is RuleRole.Scalar or RuleRole.Input).ToList();
        var zeros = differentiable.Where(i => rule.Parameters[i].Role == RuleRole.Input)
            .ToDictionary(i => i, i => (Operand)ArrayCode.Like(args[i], frame.Code));
        Operand Partial(BlockBuilder into, int unit)
        {
            var tangents = differentiable.Select(i =>
                zeros.TryGetValue(i, out var zero) ? zero : new NumberConstant((ScalarType)args[i].Type, i == unit ? 1 : 0));
            var (value, partial) = (sweep.Values.Fresh(type), sweep.Values.Fresh(type));
            into.Add(RuleMethodCalls.Of(rule.Tangent!, ImmutableArray.Create(value, partial), args.Concat(tangents), rule.ReadOnly));
            return into.Compute(type, Opcode.Multiply, bar, partial);
        }

        foreach (var i in differentiable.Where(i => sweep.IsActive(call.Args[i])))
        {
            if (rule.Parameters[i].Role == RuleRole.Scalar)
            {
                sweep.Contribute(call.Args[i], Partial(frame.Code, i), frame);
                continue;
            }

            var (unit, shadow) = (frame.Code.Elements(zeros[i]), frame.Code.Elements(sweep.Shadow(call.Args[i], frame)));
            ArrayCode.ForEach(unit, frame.Code, (body, index) =>
            {
                body.Add(new Store(unit, index, new NumberConstant(type, 1)));
                body.Add(new Accumulate(shadow, index, Partial(body, -1)));
                body.Add(new Store(unit, index, new NumberConstant(type, 0)));
            });
        }
    }
}
