namespace SoftDiff.Generator.Transforms.Taylor;

// The series of each operation.
internal sealed partial class TaylorFunction
{
    protected override bool HasDerivative(Operand operand) =>
        SeriesOf(operand) is not null || (operand.Type.IsStorage && Activity.IsActive(operand));

    protected override void VisitFunction(Compute compute, BlockBuilder into)
    {
        if (_form.Compute(compute, SeriesOf, into) is { } series) _series[compute.Result] = series;
    }

    protected override Operand ShadowOf(Op op, BlockBuilder into) => op switch
    {
        Allocate allocate => AllocateShadow(allocate, into),
        View view => PartOfShadow(view, into),
        Flatten flatten => Shadow(flatten.Tensor),
        Arrange arrange => Shadow(arrange.Array),
        OpenTape open => NewShadow(open.Result, into),
        _ => throw new UnknownOperationException("Taylor mode", op),
    };

    private Operand First(Operand index, BlockBuilder into) => ShadowIndex.First(index, _form.Order, into);

    protected override void VisitMovement(Op op, BlockBuilder into)
    {
        switch (op)
        {
            case Load load when Activity.IsActive(load.Array) && Activity.IsActive(load.Result):
                into.Add(op);
                _series[load.Result] = _form.Load(Shadow(load.Array), First(load.Index, into), load.Result, into);
                return;
            case Store store when Activity.IsActive(store.Array):
                _form.Store(Shadow(store.Array), First(store.Index, into), SeriesOf(store.Value), into);
                break;
            case Accumulate accumulate when Activity.IsActive(accumulate.Array) && SeriesOf(accumulate.Value) is { } added:
                _form.Accumulate(Shadow(accumulate.Array), First(accumulate.Index, into), added, into);
                break;
            case Fill fill when Activity.IsActive(fill.Array):
                FillShadow(fill, into);
                break;
            case Copy copy when Activity.IsActive(copy.Destination):
                CopyShadow(copy, into);
                break;
        }

        into.Add(op);
    }

    protected override void VisitResult(MakeArray made, BlockBuilder into) => throw new UnknownOperationException("Taylor mode", made);

    private void FillShadow(Fill fill, BlockBuilder into)
    {
        var shadow = Shadow(fill.Array);
        if (SeriesOf(fill.Value) is not { } series) into.Add(new Fill(shadow, ArrayCode.Zero(shadow)));
        else ArrayCode.ForEach(fill.Array, into, (body, i) => _form.Store(shadow, First(i, body), series, body));
    }

    private void CopyShadow(Copy copy, BlockBuilder into)
    {
        var destination = Shadow(copy.Destination);
        if (Activity.IsActive(copy.Source))
        {
            into.Add(new Copy(Shadow(copy.Source), destination));
            return;
        }

        var length = ShadowIndex.Length(into.Length(copy.Source), _form.Order, into);
        var part = ShadowIndex.Part(destination, new IntegerConstant(ScalarType.Int32, 0), length, into);
        into.Add(new Fill(part, ArrayCode.Zero(destination)));
    }

    private Value AllocateShadow(Allocate allocate, BlockBuilder into)
    {
        var shadow = Values.Fresh(allocate.Result.Type, NameOfSeries(allocate.Result));
        into.Add(new Allocate(shadow, ShadowIndex.Length(allocate.Length, _form.Order, into), allocate.Cleared));
        return shadow;
    }

    private Operand PartOfShadow(View view, BlockBuilder into)
    {
        var count = view.Count is null ? null : ShadowIndex.Length(view.Count, _form.Order, into);
        return ShadowIndex.Part(Shadow(view.Array), First(view.Start, into), count, into);
    }

    protected override void VisitPush(Push push, BlockBuilder into) =>
        _form.Push(Shadow(push.Tape), push.Value, SeriesOf(push.Value), into);

    protected override void VisitPop(Pop pop, BlockBuilder into)
    {
        var series = _form.Pop(Shadow(pop.Tape), pop.Result, into);
        if (Activity.IsActive(pop.Result)) _series[pop.Result] = series;
    }

    protected override Operand ZeroShadow(Operand array, BlockBuilder into) => NewShadow(array, into);

    protected override void VisitIf(If op, BlockBuilder into)
    {
        var active = Enumerable.Range(0, op.Values.Length).Where(i => Activity.IsActive(op.Values[i])).ToList();
        var slots = active.Select(i => _form.Join(op.Values[i], into)).ToList();
        Block Branch(Block block)
        {
            var branch = new BlockBuilder(Values);
            Visit(block, branch);
            if (block.Yields.IsEmpty) return branch.Build();
            var added = _form.Yield(Placed(slots, active.Select(i => block.Yields[i])), branch);
            return branch.Build(block.Yields.AddRange(added));
        }

        var (then, @else) = (Branch(op.Then), Branch(op.Else));
        for (var k = 0; k < active.Count; k++) _series[op.Values[active[k]]] = slots[k].Series;
        into.Add(op with { Then = then, Else = @else, Values = op.Values.AddRange(slots.SelectMany(s => s.Values)) });
    }

    protected override void VisitLoop(Loop op, BlockBuilder into)
    {
        var active = op.Carried.Select((carried, i) => (carried, i)).Where(c => Activity.IsActive(c.carried)).ToList();
        var carried = op.Carried.ToBuilder();
        var slots = new List<SeriesSlot>();
        foreach (var (variable, _) in active)
        {
            var (slot, added) = _form.Carry(variable, SeriesOf(variable.Init), into);
            slots.Add(slot);
            carried.AddRange(added);
            _series[variable.Param] = slot.Series;
        }

        var body = new BlockBuilder(Values);
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

    private List<PlacedSeries> Placed(List<SeriesSlot> slots, IEnumerable<Operand> values) =>
        slots.Zip(values, (slot, value) => new PlacedSeries(slot, value, SeriesOf(value))).ToList();

    protected override void VisitCall(Call call, Function callee, string mask, BlockBuilder into)
    {
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
            Callee = Callees.Request(_options.Variant, call.Callee, mask, _form.Order),
            Args = args.ToImmutableArray(),
            Values = results.ToImmutableArray(),
        });
    }
}
