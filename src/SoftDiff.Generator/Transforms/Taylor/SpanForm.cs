namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>The coefficients 0 … n of a number lie in a span, and functions of the module compute one span from others.</summary>
internal sealed class SpanForm : SeriesForm
{
    private readonly DerivedCallees _callees;
    private readonly bool _inLoops;

    public SpanForm(int order, ValueSource values, DerivedCallees callees, bool inLoops)
        : base(order, values) => (_callees, _inLoops) = (callees, inLoops);

    public override SeriesForm OfOrder(int order) => new SpanForm(order, Values, _callees, _inLoops);

    public override Series Variable(Value variable, BlockBuilder into)
    {
        var span = New(variable, into, cleared: true);
        into.Add(new Store(span, Int(1), new NumberConstant((ScalarType)variable.Type, 1)));
        return Of(span);
    }

    public override Operand Derivative(Series series, ScalarType type, BlockBuilder into) =>
        new Terms(type, into).Scaled(into.Load(Span(series), Int(Order)), Factorial(Order))!;

    public override Series? Compute(Compute compute, Func<Operand, Series?> given, BlockBuilder into)
    {
        var graph = SeriesGraph.Of(compute, o => given(o) is not null);
        if (!graph.Root.Varies) return null;
        var function = SeriesWriter.Of(graph, Order, _inLoops);
        var span = New(compute.Result, into);
        var args = function.Leaves.Select(leaf => given(leaf) is { } series ? Span(series) : leaf).Append(span);
        into.Add(new Call(ImmutableArray<Value>.Empty, _callees.Add(function.Function), args.ToImmutableArray()));
        return Of(span);
    }

    public override Series Load(Operand shadow, Operand first, Value element, BlockBuilder into)
    {
        var span = New(element, into);
        into.Add(new Copy(Element(shadow, first, into), FromFirst(span, into)));
        return Of(span);
    }

    public override void Store(Operand shadow, Operand first, Series? series, BlockBuilder into) =>
        Set(Element(shadow, first, into), series, into);

    public override void Accumulate(Operand shadow, Operand first, Series series, BlockBuilder into)
    {
        var element = Element(shadow, first, into);
        ArrayCode.ForEach(element, into, (body, k) =>
            body.Add(new Accumulate(element, k, body.Load(Span(series), body.Compute(ScalarType.Int32, Opcode.Add, k, Int(1))))));
    }

    public override void Push(Operand shadow, Operand number, Series? series, BlockBuilder into) =>
        into.Add(new PushArray(shadow, FromFirst(Span(series ?? Constant(number, into)), into)));

    public override Series Pop(Operand shadow, Value number, BlockBuilder into)
    {
        var span = New(number, into);
        into.Add(new PopArray(shadow, FromFirst(span, into)));
        return Of(span);
    }

    public override SeriesSlot Join(Value value, BlockBuilder before) => new(Of(NewUnset(value, before)), ImmutableArray<Value>.Empty);

    public override (SeriesSlot Slot, ImmutableArray<Carried> Carried) Carry(Carried carried, Series? initial, BlockBuilder before)
    {
        var slot = new SeriesSlot(Of(NewUnset(carried.Param, before)), ImmutableArray<Value>.Empty);
        Yield(new[] { new PlacedSeries(slot, carried.Init, initial) }, before);
        return (slot, ImmutableArray<Carried>.Empty);
    }

    public override ImmutableArray<Operand> Yield(IReadOnlyList<PlacedSeries> series, BlockBuilder block)
    {
        // A series that lies in a place is copied before anything else is put there.
        var places = series.Select(s => Span(s.Slot.Series)).ToList();
        var moved = series.Select((s, i) =>
        {
            if (s.Series is null || !places.Contains(Span(s.Series)) || Span(s.Series).Equals(places[i])) return s.Series;
            var copy = NewUnset(s.Value, block);
            block.Add(new Copy(Span(s.Series), copy));
            return Of(copy);
        }).ToList();
        for (var i = 0; i < series.Count; i++)
        {
            if (moved[i] is { } given && Span(given).Equals(places[i])) continue;
            block.Add(new Store(places[i], Int(0), series[i].Value));
            Set(FromFirst(places[i], block), moved[i], block);
        }

        return ImmutableArray<Operand>.Empty;
    }

    public override Series Parameter(Value number, List<Parameter> parameters)
    {
        var span = Values.Fresh(new ArrayType((ScalarType)number.Type, ArrayForm.ReadOnlySpan), number.Name + "Series");
        parameters.Add(new Parameter(span, ParameterMode.Value, Wrt: false));
        return Of(span);
    }

    public override ImmutableArray<Operand> Arguments(Operand number, Series? series, BlockBuilder into) =>
        ImmutableArray.Create(Span(series ?? Constant(number, into)));

    public override ImmutableArray<Operand> Return(Operand result, Series? series, List<Parameter> parameters, BlockBuilder body)
    {
        var span = Values.Fresh(SpanOf((ScalarType)result.Type), "resultSeries");
        parameters.Add(new Parameter(span, ParameterMode.Value, Wrt: false));
        body.Add(new Store(span, Int(0), result));
        Set(FromFirst(span, body), series, body);
        return ImmutableArray<Operand>.Empty;
    }

    public override Series Receive(Value result, List<Operand> args, List<Value> results, BlockBuilder into)
    {
        var span = NewUnset(result, into);
        args.Add(span);
        return Of(span);
    }

    public override (Operand Value, Series Series) Slope(Operand number, Series? series, BlockBuilder into)
    {
        var shorter = Values.Fresh(SpanOf((ScalarType)number.Type));
        into.Add(new Allocate(shorter, Int(Order), Cleared: series is null));
        if (series is not null)
        {
            ArrayCode.ForEach(shorter, into, (body, k) =>
            {
                var next = body.Compute(ScalarType.Int32, Opcode.Add, k, Int(1));
                var factor = body.Compute(number.Type, Opcode.Convert, next);
                body.Add(new Store(shorter, k, body.Compute(number.Type, Opcode.Multiply, body.Load(Span(series), next), factor)));
            });
        }

        return (into.Load(shorter, Int(0)), Of(shorter));
    }

    public override Series Shortened(Operand number, Series? series, BlockBuilder into) =>
        Of(ShadowIndex.Part(Span(series ?? Constant(number, into)), Int(0), Int(Order), into));

    public override Series Integral(Value number, Operand slope, Series? series, BlockBuilder into)
    {
        var span = New(number, into, cleared: series is null);
        into.Add(new Store(span, Int(1), slope));
        if (series is null) return Of(span);
        var k = Values.Fresh(ScalarType.Int32, "k");
        var body = new BlockBuilder(Values);
        var previous = body.Load(Span(series), body.Compute(ScalarType.Int32, Opcode.Subtract, k, Int(1)));
        body.Add(new Store(span, k, body.Compute(number.Type, Opcode.Divide, previous, body.Compute(number.Type, Opcode.Convert, k))));
        into.Add(new For(k, Int(2), Int(Order), 1, Inclusive: true, ImmutableArray<Carried>.Empty, body.Build()));
        return Of(span);
    }

    private static Series Of(Operand span) => new(ImmutableArray.Create<Operand?>(span));

    private static Operand Span(Series series) => series.Parts[0]!;

    private static ArrayType SpanOf(ScalarType type) => new(type, ArrayForm.Span);

    private Value NewUnset(Operand number, BlockBuilder into, bool cleared = false)
    {
        var hint = number is Value { Name: { Length: > 0 } name } ? name + "Series" : "series";
        var span = Values.Fresh(SpanOf((ScalarType)number.Type), hint);
        into.Add(new Allocate(span, Int(Order + 1), cleared));
        return span;
    }

    private Value New(Operand number, BlockBuilder into, bool cleared = false)
    {
        var span = NewUnset(number, into, cleared);
        into.Add(new Store(span, Int(0), number));
        return span;
    }

    private Series Constant(Operand number, BlockBuilder into) => Of(New(number, into, cleared: true));

    /// <summary>The coefficients from the first on.</summary>
    private static Operand FromFirst(Operand span, BlockBuilder into) => ShadowIndex.Part(span, Int(1), null, into);

    /// <summary>The coefficients of one element in a shadow.</summary>
    private Operand Element(Operand shadow, Operand first, BlockBuilder into) => ShadowIndex.Part(shadow, first, Int(Order), into);

    private static void Set(Operand coefficients, Series? series, BlockBuilder into)
    {
        if (series is null) into.Add(new Fill(coefficients, ArrayCode.Zero(coefficients)));
        else into.Add(new Copy(FromFirst(Span(series), into), coefficients));
    }
}
