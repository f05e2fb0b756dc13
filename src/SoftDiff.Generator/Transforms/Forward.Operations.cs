using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

// The tangent of each operation.
internal sealed partial class Forward
{
    private void Visit(Block block, BlockBuilder into)
    {
        foreach (var op in block.Ops)
        {
            _cancellation.ThrowIfCancellationRequested();
            into.Line = op.Line;
            Visit(op, into);
        }
    }

    private void Visit(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Compute compute:
                into.Add(op);
                if (_activity.IsActive(compute.Result)) Differentiate(compute, into);
                break;
            case Load load:
                into.Add(op);
                if (_activity.IsActive(load.Array) && _activity.IsActive(load.Result))
                {
                    _dots[load.Result] = into.Load(Shadow(load.Array), load.Index, DotName(load.Result));
                }

                break;
            case Store store:
                if (_activity.IsActive(store.Array)) into.Add(new Store(Shadow(store.Array), store.Index, DotOrZero(store.Value)));
                into.Add(op);
                break;
            case Accumulate accumulate:
                if (_activity.IsActive(accumulate.Array) && Dot(accumulate.Value) is { } added)
                {
                    into.Add(new Accumulate(Shadow(accumulate.Array), accumulate.Index, added));
                }

                into.Add(op);
                break;
            case Fill fill:
                if (_activity.IsActive(fill.Array)) into.Add(new Fill(Shadow(fill.Array), DotOrZero(fill.Value)));
                into.Add(op);
                break;
            case Copy copy:
                if (_activity.IsActive(copy.Destination)) CopyTangents(copy, into);
                into.Add(op);
                break;
            case Allocate allocate:
                into.Add(op);
                if (_activity.IsActive(allocate.Result))
                {
                    var shadow = _values.Fresh(allocate.Result.Type, DotName(allocate.Result));
                    into.Add(new Allocate(shadow, allocate.Length, allocate.Cleared));
                    _shadows[allocate.Result] = shadow;
                }

                break;
            case View view:
                into.Add(op);
                VisitView(view.Result, view.Array, into, (result, array) => new View(result, array, view.Start, view.Count));
                break;
            case Flatten flatten:
                into.Add(op);
                VisitView(flatten.Result, flatten.Tensor, into, (result, tensor) => new Flatten(result, tensor));
                break;
            case Arrange arrange:
                into.Add(op);
                VisitView(arrange.Result, arrange.Array, into, (result, array) => new Arrange(result, array, arrange.Lengths));
                break;
            case OpenTape open:
                into.Add(op);
                if (_activity.IsActive(open.Result)) _shadows[open.Result] = OpenShadow(open.Result, into);
                break;
            case Push or Pop or PushArray or PopArray:
                VisitTape(op, into);
                break;
            case Invoke invoke:
                into.Add(NoDerivative.Require(invoke, o => Dot(o) is not null || (o.Type.IsStorage && _activity.IsActive(o)), _activity.IsActive));
                break;
            case If @if:
                VisitIf(@if, into);
                break;
            case Loop loop:
                VisitLoop(loop, into);
                break;
            case Call call:
                VisitCall(call, into);
                break;
            case RuleCall call:
                VisitRuleCall(call, into);
                break;
            default:
                if (op.Role != DerivativeRole.Constant) throw new UnknownOperationException("Forward mode", op);
                into.Add(op);
                break;
        }
    }

    private Value OpenShadow(Value tape, BlockBuilder into)
    {
        var shadow = _values.Fresh(TapeType.Instance, DotName(tape));
        into.Add(new OpenTape(shadow));
        return shadow;
    }

    /// <summary>
    /// A tape that holds active numbers has another beside it for the tangents. That one holds a tangent for every number of the first, active or not, so
    /// that what is taken back is what was pushed.
    /// </summary>
    private void VisitTape(Op op, BlockBuilder into)
    {
        into.Add(op);
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && _activity.IsActive(push.Tape):
                into.Add(new Push(Shadow(push.Tape), DotOrZero(push.Value)));
                break;
            case Pop pop when pop.Result.Type.IsFloat && _activity.IsActive(pop.Tape):
                var dot = _values.Fresh(pop.Result.Type, DotName(pop.Result));
                into.Add(new Pop(dot, Shadow(pop.Tape)));
                if (_activity.IsActive(pop.Result)) _dots[pop.Result] = dot;
                break;
            case PushArray push when push.Array.Type.IsFloatArray && _activity.IsActive(push.Tape):
                into.Add(new PushArray(Shadow(push.Tape), ShadowOrZeros(push.Array, into)));
                break;
            case PopArray pop when pop.Array.Type.IsFloatArray && _activity.IsActive(pop.Tape):
                into.Add(new PopArray(Shadow(pop.Tape), ShadowOrZeros(pop.Array, into)));
                break;
        }
    }

    private Operand ShadowOrZeros(Operand array, BlockBuilder into) => _activity.IsActive(array) ? Shadow(array) : ArrayCode.Like(array, into);

    /// <summary>If an array shares storage with an active array, its tangents share storage with that array's tangents.</summary>
    private void VisitView(Value view, Operand array, BlockBuilder into, Func<Value, Operand, Op> make)
    {
        if (!_activity.IsActive(view)) return;
        var dots = Shadow(array);
        var shadow = _values.Fresh(Signatures.Companion(view.Type, writable: dots.Type is ArrayType { IsReadOnly: false }), DotName(view));
        into.Add(make(shadow, dots));
        _shadows[view] = shadow;
    }

    private void Differentiate(Compute compute, BlockBuilder into)
    {
        Operand? sum = null;
        if (ScalarFunctions.Of(compute.Code).Derivative is { } rule)
        {
            var builder = new RuleBuilder(into, (ScalarType)compute.Result.Type, i => compute.Args[i], () => compute.Result);
            for (var i = 0; i < compute.Args.Length; i++)
            {
                if (Dot(compute.Args[i]) is not { } dot || rule.Push(builder, i, dot) is not { } term) continue;
                sum = sum is null ? term : builder.Add(sum, term);
            }
        }

        if (sum is null) return;
        if (compute.Result.Name.Length > 0) _naming.Suggest(sum, DotName(compute.Result));
        _dots[compute.Result] = sum;
    }

    private void CopyTangents(Copy copy, BlockBuilder into)
    {
        if (_activity.IsActive(copy.Source))
        {
            into.Add(new Copy(Shadow(copy.Source), Shadow(copy.Destination)));
            return;
        }

        var part = _values.Fresh(Shadow(copy.Destination).Type, "part");
        into.Add(new View(part, Shadow(copy.Destination), new IntegerConstant(ScalarType.Int32, 0), into.Length(copy.Source)));
        into.Add(new Fill(part, new NumberConstant(((ArrayType)part.Type).Element, 0)));
    }

    private void VisitIf(If op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Values.Length).Where(i => _activity.IsActive(op.Values[i])).ToList();
        Block Branch(Block block)
        {
            var branch = new BlockBuilder(_values);
            Visit(block, branch);
            return block.Yields.IsEmpty ? branch.Build() : branch.Build(block.Yields.Concat(active.Select(i => DotOrZero(block.Yields[i]))));
        }

        var (then, @else) = (Branch(op.Then), Branch(op.Else));
        var dots = active.Select(i => _values.Fresh(op.Values[i].Type, DotName(op.Values[i]))).ToList();
        for (var k = 0; k < active.Count; k++) _dots[op.Values[active[k]]] = dots[k];
        into.Add(op with { Then = then, Else = @else, Values = op.Values.AddRange(dots) });
    }

    private void VisitLoop(Loop op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Carried.Length).Where(i => _activity.IsActive(op.Carried[i])).ToList();
        var carried = op.Carried.ToBuilder();
        foreach (var i in active)
        {
            var param = _values.Fresh(op.Carried[i].Param.Type, DotName(op.Carried[i].Param));
            var result = _values.Fresh(op.Carried[i].Param.Type, DotName(op.Carried[i].Param));
            carried.Add(new Carried(param, DotOrZero(op.Carried[i].Init), result));
            _dots[op.Carried[i].Param] = param;
            _dots[op.Carried[i].Result] = result;
        }

        var builder = new BlockBuilder(_values);
        Visit(op.Body, builder);
        var body = builder.Build(op.Body.Yields.Concat(active.Select(i => DotOrZero(op.Body.Yields[i]))));
        into.Add(op with { Carried = carried.ToImmutable(), Body = body });
    }

    private void VisitCall(Call call, BlockBuilder into)
    {
        var callee = _callees.Primal(call.Callee);
        var mask = CallMasks.Of(call, callee, o => Dot(o) is not null || (o.Type.IsStorage && _activity.IsActive(o)));
        if (!mask.Contains('1'))
        {
            into.Add(call with { Callee = _callees.Request(VariantKind.Primal, call.Callee, "") });
            return;
        }

        if (ScalarCalls.IsScalar(callee))
        {
            var (gradient, partials) = ScalarCalls.Replace(call, callee, mask, _callees, _values);
            into.Add(gradient);
            foreach (var (argument, partial) in partials)
            {
                var term = into.Compute(partial.Type, Opcode.Multiply, partial, DotOrZero(argument));
                _dots[call.Values[0]] = Dot(call.Values[0]) is { } sum ? into.Compute(partial.Type, Opcode.Add, sum, term) : term;
            }

            return;
        }

        var tangents = CallMasks.Active(call, callee, mask).Select(o => o.Type.IsStorage ? Shadow(o) : DotOrZero(o));
        var dots = new List<Value>();
        foreach (var value in call.Values.Where(v => v.Type.IsFloat))
        {
            var dot = _values.Fresh(value.Type, DotName(value));
            dots.Add(dot);
            _dots[value] = dot;
        }

        into.Add(call with
        {
            Callee = _callees.Request(VariantKind.Tangent, call.Callee, mask),
            Args = call.Args.AddRange(tangents),
            Values = call.Values.AddRange(dots),
        });
    }

    private void VisitRuleCall(RuleCall call, BlockBuilder into)
    {
        foreach (var check in RuleMethodCalls.Overlaps(call, _definitions)) into.Add(check);
        var tangents = new RuleTangents(call, into, Dot, a => _activity.IsActive(a) ? Shadow(a) : null);
        foreach (var (value, dot) in call.Values.Zip(tangents.Emit(), (value, dot) => (value, dot))) _dots[value] = dot;
    }
}
