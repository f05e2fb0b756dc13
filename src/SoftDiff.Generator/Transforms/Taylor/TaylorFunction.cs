using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// Taylor mode of one function. Input: a simplified function. Output: the same function that also computes, beside every active number, the
/// coefficients 1 … n of its power series in the variable, and beside every active array an array of those of its elements. A series that
/// is identically zero is absent. The values themselves, and with them all conditions, indices and trip counts, stay as they are. Relies on
/// <see cref="Activity"/>. (Griewank and Walther 2008, chapter 13.)
/// </summary>
internal sealed partial class TaylorFunction : ForwardWalk
{
    private readonly TaylorOptions _options;
    private readonly SeriesForm _form;
    private readonly Dictionary<Value, Series> _series = new();

    private TaylorFunction(Function primal, int order, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation)
        : base("Taylor mode", primal, callees, cancellation)
    {
        _options = options;
        _form = options.Style == SeriesStyle.Values
            ? new UnrolledForm(order, Values, Naming)
            : new SpanForm(order, Values, callees, inLoops: options.Style == SeriesStyle.Loops);
    }

    /// <summary>The derivative of one result, in the function's place among the results; the others stay.</summary>
    public static Function Apply(
        Function primal, int order, int result, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation) =>
        new TaylorFunction(primal, order, callees, options, cancellation).Build(result);

    /// <summary>A callee that takes series of its active parameters, behind the parameters, and gives those of its results.</summary>
    public static Function ApplyToCallee(
        Function primal, Variant variant, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation) =>
        new TaylorFunction(primal, variant.Order, callees, options, cancellation).BuildCallee(variant);

    private Function Build(int result)
    {
        var variable = Primal.Parameters.Single(p => p.Wrt && p.Value.Type.IsFloat).Value;
        var differentiated = Primal.Body.Yields[result];
        Activity = new Activity(Primal, Definitions, new[] { variable }, new[] { differentiated }, _options.Transform.Activity);
        var body = new BlockBuilder(Values);
        EntryChecks.Disjoint(Primal, Written, new Dictionary<Value, bool>(), body);
        _series[variable] = _form.Variable(variable, body);
        foreach (var parameter in Primal.Parameters) ShadowConstant(parameter.Value, body);
        Visit(Primal.Body, body);

        var type = (ScalarType)differentiated.Type;
        Operand derivative = SeriesOf(differentiated) is { } series
            ? _form.Derivative(series, type, body)
            : new NumberConstant(type, 0);
        if (result == 0) Naming.Suggest(derivative, "derivative");
        return Finish(Primal.Name + "Derivative" + _form.Order, Primal.Parameters, body, Primal.Body.Yields.SetItem(result, derivative));
    }

    private Function BuildCallee(Variant variant)
    {
        var inputs = Primal.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = Primal.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        Activity = new Activity(Primal, Definitions, inputs, outputs, _options.Transform.Activity);
        var parameters = Primal.Parameters.ToList();
        var body = new BlockBuilder(Values);
        foreach (var value in inputs)
        {
            if (!value.Type.IsStorage)
            {
                _series[value] = _form.Parameter(value, parameters);
                continue;
            }

            var type = value.Type is ArrayType array ? Signatures.Companion(Flat(array), writable: Written.Contains(value)) : value.Type;
            var shadow = Values.Fresh(type, value.Name + "Series");
            parameters.Add(new Parameter(shadow, ParameterMode.Value, Wrt: false));
            Shadows[value] = shadow;
        }

        foreach (var parameter in Primal.Parameters.Where(p => !inputs.Contains(p.Value))) ShadowConstant(parameter.Value, body);
        Visit(Primal.Body, body);
        var results = Primal.Body.Yields.ToList();
        foreach (var yield in Primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            results.AddRange(_form.Return(yield, SeriesOf(yield), parameters, body));
        }

        return Finish(Callees.Name(variant), parameters.ToImmutableArray(), body, results);
    }

    /// <summary>The shadow of a parameter whose elements are constants when the function is called.</summary>
    private void ShadowConstant(Value parameter, BlockBuilder into)
    {
        if (!parameter.Type.IsStorage || !Activity.IsActive(parameter)) return;
        Shadows[parameter] = NewShadow(parameter, into);
    }

    private Function Finish(string name, ImmutableArray<Parameter> parameters, BlockBuilder body, IEnumerable<Operand> results)
    {
        var block = new Block(body.Ops, results.ToImmutableArray());
        return new Function(name, parameters, Primal.Returns, new Substitution(naming: Naming).Map(block))
        {
            Source = Primal.Source,
            PrimalResults = 0,
        };
    }

    private Series? SeriesOf(Operand operand) => operand is Value value && _series.TryGetValue(value, out var series) ? series : null;

    /// <summary>New storage for the series of all elements, none of which varies yet.</summary>
    private Operand NewShadow(Operand storage, BlockBuilder into)
    {
        if (storage.Type is not ArrayType array)
        {
            var tape = Values.Fresh(TapeType.Instance, NameOfSeries(storage));
            into.Add(new OpenTape(tape));
            return tape;
        }

        var shadow = Values.Fresh(Signatures.Companion(Flat(array), writable: true), NameOfSeries(storage));
        into.Add(new Allocate(shadow, ShadowIndex.Length(into.Length(storage), _form.Order, into), Cleared: true));
        return shadow;
    }

    private static ArrayType Flat(ArrayType type) => new(type.Element, type.IsReadOnly ? ArrayForm.ReadOnlySpan : ArrayForm.Span);

    private static string NameOfSeries(Operand operand) => operand is Value { Name: { Length: > 0 } name } ? name + "Series" : "";}
