using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Taylor;

// The series of each operation.
internal sealed partial class TaylorFunction
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
                if (_activity.IsActive(compute.Result)) Keep(compute.Result, _form.Compute(compute, SeriesOf, into));
                break;
            case Load or Store or Accumulate or Fill or Copy:
                VisitMovement(op, into);
                break;
            case Allocate allocate:
                into.Add(op);
                if (_activity.IsActive(allocate.Result)) VisitAllocate(allocate, into);
                break;
            case View view:
                into.Add(op);
                if (_activity.IsActive(view.Result)) _shadows[view.Result] = PartOfShadow(view, into);
                break;
            case Flatten flatten:
                into.Add(op);
                if (_activity.IsActive(flatten.Result)) _shadows[flatten.Result] = Shadow(flatten.Tensor);
                break;
            case Arrange arrange:
                into.Add(op);
                if (_activity.IsActive(arrange.Result)) _shadows[arrange.Result] = Shadow(arrange.Array);
                break;
            case OpenTape open:
                into.Add(op);
                if (_activity.IsActive(open.Result)) _shadows[open.Result] = NewShadow(open.Result, into);
                break;
            case Push or Pop or PushArray or PopArray:
                VisitTape(op, into);
                break;
            case Invoke invoke:
                into.Add(NoDerivative.Require(invoke, HasSeries, _activity.IsActive));
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
                if (op.Role != DerivativeRole.Constant) throw new UnknownOperationException("Taylor mode", op);
                into.Add(op);
                break;
        }
    }

    private void Keep(Value value, Series? series)
    {
        if (series is not null) _series[value] = series;
    }

    private bool HasSeries(Operand operand) => SeriesOf(operand) is not null || (operand.Type.IsStorage && _activity.IsActive(operand));

    private Operand First(Operand index, BlockBuilder into) => ShadowIndex.First(index, _form.Order, into);

    private void VisitMovement(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Load load when _activity.IsActive(load.Array) && _activity.IsActive(load.Result):
                into.Add(op);
                _series[load.Result] = _form.Load(Shadow(load.Array), First(load.Index, into), load.Result, into);
                return;
            case Store store when _activity.IsActive(store.Array):
                _form.Store(Shadow(store.Array), First(store.Index, into), SeriesOf(store.Value), into);
                break;
            case Accumulate accumulate when _activity.IsActive(accumulate.Array) && SeriesOf(accumulate.Value) is { } added:
                _form.Accumulate(Shadow(accumulate.Array), First(accumulate.Index, into), added, into);
                break;
            case Fill fill when _activity.IsActive(fill.Array):
                FillShadow(fill, into);
                break;
            case Copy copy when _activity.IsActive(copy.Destination):
                CopyShadow(copy, into);
                break;
        }

        into.Add(op);
    }

    private void FillShadow(Fill fill, BlockBuilder into)
    {
        var shadow = Shadow(fill.Array);
        if (SeriesOf(fill.Value) is not { } series) into.Add(new Fill(shadow, ArrayCode.Zero(shadow)));
        else ArrayCode.ForEach(fill.Array, into, (body, i) => _form.Store(shadow, First(i, body), series, body));
    }

    private void CopyShadow(Copy copy, BlockBuilder into)
    {
        var destination = Shadow(copy.Destination);
        if (_activity.IsActive(copy.Source))
        {
            into.Add(new Copy(Shadow(copy.Source), destination));
            return;
        }

        var length = ShadowIndex.Length(into.Length(copy.Source), _form.Order, into);
        into.Add(new Fill(ShadowIndex.Part(destination, new IntegerConstant(ScalarType.Int32, 0), length, into), ArrayCode.Zero(destination)));
    }

    private void VisitAllocate(Allocate allocate, BlockBuilder into)
    {
        var shadow = _values.Fresh(allocate.Result.Type, NameOfSeries(allocate.Result));
        into.Add(new Allocate(shadow, ShadowIndex.Length(allocate.Length, _form.Order, into), allocate.Cleared));
        _shadows[allocate.Result] = shadow;
    }

    private Operand PartOfShadow(View view, BlockBuilder into)
    {
        var count = view.Count is null ? null : ShadowIndex.Length(view.Count, _form.Order, into);
        return ShadowIndex.Part(Shadow(view.Array), First(view.Start, into), count, into);
    }

    /// <summary>
    /// The shadow of a tape holds a series for every number of the tape, active or not, so that what is taken back is what was pushed.
    /// </summary>
    private void VisitTape(Op op, BlockBuilder into)
    {
        into.Add(op);
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && _activity.IsActive(push.Tape):
                _form.Push(Shadow(push.Tape), push.Value, SeriesOf(push.Value), into);
                break;
            case Pop pop when pop.Result.Type.IsFloat && _activity.IsActive(pop.Tape):
                var series = _form.Pop(Shadow(pop.Tape), pop.Result, into);
                if (_activity.IsActive(pop.Result)) _series[pop.Result] = series;
                break;
            case PushArray push when push.Array.Type.IsFloatArray && _activity.IsActive(push.Tape):
                into.Add(new PushArray(Shadow(push.Tape), _activity.IsActive(push.Array) ? Shadow(push.Array) : NewShadow(push.Array, into)));
                break;
            case PopArray pop when pop.Array.Type.IsFloatArray && _activity.IsActive(pop.Tape):
                into.Add(new PopArray(Shadow(pop.Tape), _activity.IsActive(pop.Array) ? Shadow(pop.Array) : NewShadow(pop.Array, into)));
                break;
        }
    }

    private void VisitIf(If op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Values.Length).Where(i => _activity.IsActive(op.Values[i])).ToList();
        var slots = active.Select(i => _form.Join(op.Values[i], into)).ToList();
        Block Branch(Block block)
        {
            var branch = new BlockBuilder(_values);
            Visit(block, branch);
            if (block.Yields.IsEmpty) return branch.Build();
            var added = _form.Yield(Placed(slots, active.Select(i => block.Yields[i])), branch);
            return branch.Build(block.Yields.AddRange(added));
        }

        var (then, @else) = (Branch(op.Then), Branch(op.Else));
        for (var k = 0; k < active.Count; k++) _series[op.Values[active[k]]] = slots[k].Series;
        into.Add(op with { Then = then, Else = @else, Values = op.Values.AddRange(slots.SelectMany(s => s.Values)) });
    }

    private void VisitLoop(Loop op, BlockBuilder into)
    {
        var active = op.Carried.Select((carried, i) => (carried, i)).Where(c => _activity.IsActive(c.carried)).ToList();
        var carried = op.Carried.ToBuilder();
        var slots = new List<SeriesSlot>();
        foreach (var (variable, _) in active)
        {
            var (slot, added) = _form.Carry(variable, SeriesOf(variable.Init), into);
            slots.Add(slot);
            carried.AddRange(added);
            _series[variable.Param] = slot.Series;
        }

        var body = new BlockBuilder(_values);
        Visit(op.Body, body);
        var yields = _form.Yield(Placed(slots, active.Select(a => op.Body.Yields[a.i])), body);
        var block = body.Build(op.Body.Yields.AddRange(yields));
        for (var k = 0; k < active.Count; k++)
        {
            var results = slots[k].Values;
            _series[active[k].carried.Result] = results.IsEmpty ? slots[k].Series : new Series(results.CastArray<Operand?>());
        }

        into.Add(op with { Carried = carried.ToImmutable(), Body = block });
    }

    private List<(SeriesSlot Slot, Operand Value, Series? Series)> Placed(List<SeriesSlot> slots, IEnumerable<Operand> values) =>
        slots.Zip(values, (slot, value) => (slot, value, SeriesOf(value))).ToList();

    private void VisitCall(Call call, BlockBuilder into)
    {
        var callee = _callees.Primal(call.Callee);
        var mask = CallMasks.Of(call, callee, HasSeries);
        if (!mask.Contains('1'))
        {
            into.Add(call with { Callee = _callees.Request(VariantKind.Primal, call.Callee, "") });
            return;
        }

        var args = call.Args.ToList();
        foreach (var argument in CallMasks.Active(call, callee, mask))
        {
            if (argument.Type.IsStorage) args.Add(Shadow(argument));
            else args.AddRange(_form.Arguments(argument, SeriesOf(argument), into));
        }

        var results = call.Values.ToList();
        foreach (var value in call.Values.Where(v => v.Type.IsFloat)) _series[value] = _form.Receive(value, args, results, into);
        into.Add(call with
        {
            Callee = _callees.Request(_options.Unrolls ? VariantKind.Coefficients : VariantKind.Series, call.Callee, mask, _form.Order),
            Args = args.ToImmutableArray(),
            Values = results.ToImmutableArray(),
        });
    }
}
