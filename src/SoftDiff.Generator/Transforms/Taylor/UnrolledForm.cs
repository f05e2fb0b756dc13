using System.Globalization;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>Each coefficient is a value of its own. For small orders this is the shortest text, and what is zero costs nothing.</summary>
internal sealed class UnrolledForm : SeriesForm
{
    private readonly Naming _naming;
    private readonly Dictionary<(Operand Coefficient, int Order), Operand> _multiples = new();

    public UnrolledForm(int order, ValueSource values, Naming naming)
        : base(order, values) => _naming = naming;

    private IEnumerable<int> Orders => Enumerable.Range(1, Order);

    public override SeriesForm OfOrder(int order) => new UnrolledForm(order, Values, _naming);

    public override Series Variable(Value variable, BlockBuilder into) =>
        new(Orders.Select(k => k == 1 ? new NumberConstant((ScalarType)variable.Type, 1) : (Operand?)null).ToImmutableArray());

    public override Operand Derivative(Series series, ScalarType type, BlockBuilder into)
    {
        var terms = new Terms(type, into);
        if (series.Parts[Order - 1] is not { } last) return new NumberConstant(type, 0);
        return _multiples.TryGetValue((last, Order), out var multiple)
            ? terms.Scaled(multiple, Factorial(Order - 1))!
            : terms.Scaled(last, Factorial(Order))!;
    }

    public override Series? Compute(Compute compute, Func<Operand, Series?> given, BlockBuilder into)
    {
        var graph = SeriesGraph.Of(compute, o => given(o) is not null);
        if (!graph.Root.Varies) return null;
        Operand? Given(SeriesNode leaf, int k) => k == 0 ? leaf.Operand : given(leaf.Operand!)!.Parts[k - 1];
        var parts = new Coefficients(graph, compute.Result, Given, _multiples, into).OfRoot(Order);
        if (ZeroBase.Concerns(graph.Root)) parts = ZeroBase.Select(graph.Root, parts, k => Given(graph.Root.Args[0], k), compute.Args, into);
        for (var k = 1; k <= Order; k++)
        {
            if (parts[k - 1] is { } part && NameOf(compute.Result, k) is { Length: > 0 } name) _naming.Suggest(part, name);
        }

        return parts.All(p => p is null) ? null : new Series(parts);
    }

    public override Series Load(Operand shadow, Operand first, Value element, BlockBuilder into) =>
        new(Orders.Select(k => (Operand?)into.Load(shadow, At(first, k, into), NameOf(element, k))).ToImmutableArray());

    public override void Store(Operand shadow, Operand first, Series? series, BlockBuilder into)
    {
        foreach (var k in Orders) into.Add(new Store(shadow, At(first, k, into), Part(series, k) ?? ArrayCode.Zero(shadow)));
    }

    public override void Accumulate(Operand shadow, Operand first, Series series, BlockBuilder into)
    {
        foreach (var k in Orders)
        {
            if (Part(series, k) is { } part) into.Add(new Accumulate(shadow, At(first, k, into), part));
        }
    }

    public override void Push(Operand shadow, Operand number, Series? series, BlockBuilder into)
    {
        foreach (var k in Orders) into.Add(new Push(shadow, Part(series, k) ?? Zero(number)));
    }

    public override Series Pop(Operand shadow, Value number, BlockBuilder into)
    {
        var parts = Fresh(number);
        foreach (var part in parts.Reverse()) into.Add(new Pop(part, shadow));
        return Of(parts);
    }

    public override SeriesSlot Join(Value value, BlockBuilder before)
    {
        var values = Fresh(value);
        return new SeriesSlot(Of(values), values);
    }

    public override (SeriesSlot Slot, ImmutableArray<Carried> Carried) Carry(Carried carried, Series? initial, BlockBuilder before)
    {
        var (parameters, results) = (Fresh(carried.Param), Fresh(carried.Result));
        var parts = Orders.Select(k => new Carried(parameters[k - 1], Part(initial, k) ?? Zero(carried.Param), results[k - 1]));
        return (new SeriesSlot(Of(parameters), results), parts.ToImmutableArray());
    }

    public override ImmutableArray<Operand> Yield(IReadOnlyList<PlacedSeries> series, BlockBuilder block) =>
        series.SelectMany(s => Orders.Select(k => Part(s.Series, k) ?? Zero(s.Value))).ToImmutableArray();

    public override Series Parameter(Value number, List<Parameter> parameters)
    {
        var parts = Fresh(number);
        parameters.AddRange(parts.Select(part => new Parameter(part, ParameterMode.Value, Wrt: false)));
        return Of(parts);
    }

    public override ImmutableArray<Operand> Arguments(Operand number, Series? series, BlockBuilder into) =>
        Orders.Select(k => Part(series, k) ?? Zero(number)).ToImmutableArray();

    public override ImmutableArray<Operand> Return(Operand result, Series? series, List<Parameter> parameters, BlockBuilder body)
    {
        parameters.AddRange(Orders.Select(k => new Parameter(Values.Fresh(result.Type, "result" + k), ParameterMode.Out, Wrt: false)));
        return Arguments(result, series, body);
    }

    public override Series Receive(Value result, List<Operand> args, List<Value> results, BlockBuilder into)
    {
        var parts = Fresh(result);
        results.AddRange(parts);
        return Of(parts);
    }

    public override (Operand Value, Series Series) Slope(Operand number, Series? series, BlockBuilder into)
    {
        var terms = new Terms((ScalarType)number.Type, into);
        var parts = Orders.Select(k => terms.Scaled(Part(series, k), k)).ToImmutableArray();
        return (parts[0] ?? Zero(number), new Series(parts.RemoveAt(0)));
    }

    public override Series Shortened(Operand number, Series? series, BlockBuilder into) =>
        new(Orders.Take(Order - 1).Select(k => Part(series, k)).ToImmutableArray());

    public override Series Integral(Value number, Operand slope, Series? series, BlockBuilder into)
    {
        var terms = new Terms((ScalarType)number.Type, into);
        return new Series(Orders.Select(k => terms.Scaled(k == 1 ? slope : Part(series, k - 1), 1, k)).ToImmutableArray());
    }

    private static string NameOf(Value number, int k) =>
        number.Name.Length > 0 ? number.Name + k.ToString(CultureInfo.InvariantCulture) : "";

    private static Operand? Part(Series? series, int k) => series?.Parts[k - 1];

    private static Series Of(ImmutableArray<Value> values) => new(values.Select(v => (Operand?)v).ToImmutableArray());

    private ImmutableArray<Value> Fresh(Value number) =>
        Orders.Select(k => Values.Fresh(number.Type, NameOf(number, k))).ToImmutableArray();

    private static Operand At(Operand first, int k, BlockBuilder into) =>
        k == 1 ? first : into.Compute(first.Type, Opcode.Add, first, new IntegerConstant((ScalarType)first.Type, k - 1));
}
