using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

// The tangent of each operation.
internal sealed partial class Forward
{
    protected override bool HasDerivative(Operand operand) =>
        Dot(operand) is not null || (operand.Type.IsStorage && Activity.IsActive(operand));

    protected override void VisitMovement(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Load load when Activity.IsActive(load.Array) && Activity.IsActive(load.Result):
                into.Add(op);
                _dots[load.Result] = into.Load(Shadow(load.Array), load.Index, DotName(load.Result));
                return;
            case Store store when Activity.IsActive(store.Array):
                into.Add(new Store(Shadow(store.Array), store.Index, DotOrZero(store.Value)));
                break;
            case Accumulate accumulate when Activity.IsActive(accumulate.Array) && Dot(accumulate.Value) is { } added:
                into.Add(new Accumulate(Shadow(accumulate.Array), accumulate.Index, added));
                break;
            case Fill fill when Activity.IsActive(fill.Array):
                into.Add(new Fill(Shadow(fill.Array), DotOrZero(fill.Value)));
                break;
            case Copy copy when Activity.IsActive(copy.Destination):
                CopyTangents(copy, into);
                break;
        }

        into.Add(op);
    }

    protected override Operand ShadowOf(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Allocate allocate:
                var shadow = Values.Fresh(allocate.Result.Type, DotName(allocate.Result));
                into.Add(new Allocate(shadow, allocate.Length, allocate.Cleared));
                return shadow;
            case View view:
                return ShadowOfView(view.Result, view.Array, into, (result, array) => new View(result, array, view.Start, view.Count));
            case Flatten flatten when Shadow(flatten.Tensor).Type is ArrayType { IsContainer: false }:
                return Shadow(flatten.Tensor);
            case Flatten flatten:
                return ShadowOfView(flatten.Result, flatten.Tensor, into, (result, tensor) => flatten with { Result = result, Tensor = tensor });
            case Arrange arrange:
                return ShadowOfView(arrange.Result, arrange.Array, into, (result, array) => new Arrange(result, array, arrange.Lengths));
            case OpenTape open:
                return OpenShadow(open.Result, into);
            default:
                throw new UnknownOperationException("Forward mode", op);
        }
    }

    protected override void VisitResult(MakeArray made, BlockBuilder into)
    {
        into.Add(made);
        if (!Activity.IsActive(made.Result)) return;
        var tangents = Values.Fresh(made.Result.Type, DotName(made.Result));
        into.Add(made with { Result = tangents, Elements = Shadow(made.Elements!) });
        Shadows[made.Result] = tangents;
    }

    private Value OpenShadow(Value tape, BlockBuilder into)
    {
        var shadow = Values.Fresh(TapeType.Instance, DotName(tape));
        into.Add(new OpenTape(shadow));
        return shadow;
    }

    protected override void VisitPush(Push push, BlockBuilder into) => into.Add(new Push(Shadow(push.Tape), DotOrZero(push.Value)));

    protected override void VisitPop(Pop pop, BlockBuilder into)
    {
        var dot = Values.Fresh(pop.Result.Type, DotName(pop.Result));
        into.Add(new Pop(dot, Shadow(pop.Tape)));
        if (Activity.IsActive(pop.Result)) _dots[pop.Result] = dot;
    }

    protected override Operand ZeroShadow(Operand array, BlockBuilder into) => ArrayCode.Like(array, into);

    /// <summary>If an array shares storage with an active array, its tangents share storage with that array's tangents.</summary>
    private Value ShadowOfView(Value view, Operand array, BlockBuilder into, Func<Value, Operand, Op> make)
    {
        var dots = Shadow(array);
        var writable = dots.Type is ArrayType { IsReadOnly: false };
        var shadow = Values.Fresh(Signatures.Companion(view.Type, writable), DotName(view));
        into.Add(make(shadow, dots));
        return shadow;
    }

    protected override void VisitFunction(Compute compute, BlockBuilder into)
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
        if (compute.Result.Name.Length > 0) Naming.Suggest(sum, DotName(compute.Result));
        _dots[compute.Result] = sum;
    }

    private void CopyTangents(Copy copy, BlockBuilder into)
    {
        if (Activity.IsActive(copy.Source))
        {
            into.Add(new Copy(Shadow(copy.Source), Shadow(copy.Destination)));
            return;
        }

        var part = Values.Fresh(Shadow(copy.Destination).Type, "part");
        into.Add(new View(part, Shadow(copy.Destination), new IntegerConstant(ScalarType.Int32, 0), into.Length(copy.Source)));
        into.Add(new Fill(part, new NumberConstant(((ArrayType)part.Type).Element, 0)));
    }

    protected override void VisitIf(If op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Values.Length).Where(i => Activity.IsActive(op.Values[i])).ToList();
        Block Branch(Block block)
        {
            var branch = new BlockBuilder(Values);
            Visit(block, branch);
            return block.Yields.IsEmpty ? branch.Build() : branch.Build(block.Yields.Concat(active.Select(i => DotOrZero(block.Yields[i]))));
        }

        var (then, @else) = (Branch(op.Then), Branch(op.Else));
        var dots = active.Select(i => Values.Fresh(op.Values[i].Type, DotName(op.Values[i]))).ToList();
        for (var k = 0; k < active.Count; k++) _dots[op.Values[active[k]]] = dots[k];
        into.Add(op with { Then = then, Else = @else, Values = op.Values.AddRange(dots) });
    }

    protected override void VisitLoop(Loop op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Carried.Length).Where(i => Activity.IsActive(op.Carried[i])).ToList();
        var carried = op.Carried.ToBuilder();
        foreach (var i in active)
        {
            var param = Values.Fresh(op.Carried[i].Param.Type, DotName(op.Carried[i].Param));
            var result = Values.Fresh(op.Carried[i].Param.Type, DotName(op.Carried[i].Param));
            carried.Add(new Carried(param, DotOrZero(op.Carried[i].Init), result));
            _dots[op.Carried[i].Param] = param;
            _dots[op.Carried[i].Result] = result;
        }

        var builder = new BlockBuilder(Values);
        Visit(op.Body, builder);
        var body = builder.Build(op.Body.Yields.Concat(active.Select(i => DotOrZero(op.Body.Yields[i]))));
        into.Add(op with { Carried = carried.ToImmutable(), Body = body });
    }

    protected override void VisitCall(Call call, Function callee, string mask, BlockBuilder into)
    {
        if (ScalarCalls.IsScalar(callee))
        {
            var (gradient, partials) = ScalarCalls.Replace(call, callee, mask, Callees, Values);
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
            var dot = Values.Fresh(value.Type, DotName(value));
            dots.Add(dot);
            _dots[value] = dot;
        }

        into.Add(call with
        {
            Callee = Callees.Request(VariantKind.Tangent, call.Callee, mask),
            Args = call.Args.AddRange(tangents),
            Values = call.Values.AddRange(dots),
        });
    }

    protected override void VisitRuleCall(RuleCall call, BlockBuilder into)
    {
        foreach (var check in RuleMethodCalls.Overlaps(call, Definitions)) into.Add(check);
        var tangents = new RuleTangents(call, into, Dot, a => Activity.IsActive(a) ? Shadow(a) : null);
        foreach (var (value, dot) in call.Values.Zip(tangents.Emit(), (value, dot) => (value, dot))) _dots[value] = dot;
    }
}
