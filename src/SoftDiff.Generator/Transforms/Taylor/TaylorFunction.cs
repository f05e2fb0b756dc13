using System.Collections.Immutable;
using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// Taylor mode of one function. Input: a simplified function. Output: the same function that also computes, beside every active number, the coefficients
/// 1 … n of its power series in the variable, and beside every active array an array of those of its elements. A series that is identically zero is absent.
/// The values themselves, and with them all conditions, indices and trip counts, stay as they are.
/// Relies on <see cref="Activity"/>. (Griewank and Walther 2008, chapter 13.)
/// </summary>
internal sealed partial class TaylorFunction
{
    private readonly Function _primal;
    private readonly DerivedCallees _callees;
    private readonly TaylorOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly ValueSource _values;
    private readonly Definitions _definitions;
    private readonly SeriesForm _form;
    private readonly Dictionary<Value, Series> _series = new();
    private readonly Dictionary<Value, Operand> _shadows = new();
    private readonly Naming _naming = new();
    private Activity _activity = null!;

    private TaylorFunction(Function primal, int order, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation)
    {
        _primal = primal;
        _callees = callees;
        _options = options;
        _cancellation = cancellation;
        _values = new ValueSource(primal.MaxId() + 1);
        _definitions = new Definitions(primal);
        _form = options.Unrolls ? new UnrolledForm(order, _values, _naming) : new SpanForm(order, _values, callees);
    }

    /// <summary>The derivative of one result, in the function's place among the results; the others stay.</summary>
    public static Function Apply(Function primal, int order, int result, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation) =>
        new TaylorFunction(primal, order, callees, options, cancellation).Build(result);

    /// <summary>A callee that takes series of its active parameters, behind the parameters, and gives those of its results.</summary>
    public static Function ApplyToCallee(Function primal, Variant variant, DerivedCallees callees, TaylorOptions options, CancellationToken cancellation) =>
        new TaylorFunction(primal, variant.Order, callees, options, cancellation).BuildCallee(variant);

    private Function Build(int result)
    {
        var variable = _primal.Parameters.Single(p => p.Wrt && p.Value.Type.IsFloat).Value;
        var differentiated = _primal.Body.Yields[result];
        _activity = new Activity(_primal, _definitions, new[] { variable }, new[] { differentiated }, _options.Transform.Activity);
        var body = new BlockBuilder(_values);
        _series[variable] = _form.Variable(variable, body);
        foreach (var parameter in _primal.Parameters) ShadowConstant(parameter.Value, body);
        Visit(_primal.Body, body);

        // The coefficient n is the derivative of order n divided by n!. This is the only place where the factorial enters.
        var type = (ScalarType)differentiated.Type;
        Operand derivative = SeriesOf(differentiated) is { } series
            ? new Terms(type, body).Scaled(_form.Last(series, type, body), Factorial(_form.Order))!
            : new NumberConstant(type, 0);
        if (result == 0) _naming.Suggest(derivative, "derivative");
        return Finish(_primal.Name + "Derivative" + _form.Order, _primal.Parameters, body, _primal.Body.Yields.SetItem(result, derivative));
    }

    private Function BuildCallee(Variant variant)
    {
        var inputs = _primal.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = _primal.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        _activity = new Activity(_primal, _definitions, inputs, outputs, _options.Transform.Activity);
        var written = Signatures.Written(_primal);
        var parameters = _primal.Parameters.ToList();
        var body = new BlockBuilder(_values);
        foreach (var value in inputs)
        {
            if (!value.Type.IsStorage)
            {
                _series[value] = _form.Parameter(value, parameters);
                continue;
            }

            var type = value.Type is ArrayType array ? Signatures.Companion(Flat(array), writable: written.Contains(value)) : value.Type;
            var shadow = _values.Fresh(type, value.Name + "Series");
            parameters.Add(new Parameter(shadow, ParameterMode.Value, Wrt: false));
            _shadows[value] = shadow;
        }

        foreach (var parameter in _primal.Parameters.Where(p => !inputs.Contains(p.Value))) ShadowConstant(parameter.Value, body);
        Visit(_primal.Body, body);
        var results = _primal.Body.Yields.ToList();
        foreach (var yield in _primal.Body.Yields.Where(y => y.Type.IsFloat)) results.AddRange(_form.Return(yield, SeriesOf(yield), parameters, body));
        return Finish(_callees.Name(variant), parameters.ToImmutableArray(), body, results);
    }

    /// <summary>The shadow of a parameter whose elements are constants when the function is called.</summary>
    private void ShadowConstant(Value parameter, BlockBuilder into)
    {
        if (parameter.Type.IsStorage && _activity.IsActive(parameter) && !_shadows.ContainsKey(parameter)) _shadows[parameter] = NewShadow(parameter, into);
    }

    private Function Finish(string name, ImmutableArray<Parameter> parameters, BlockBuilder body, IEnumerable<Operand> results)
    {
        var block = new Block(body.Ops, results.ToImmutableArray());
        return new Function(name, parameters, _primal.Returns, new Substitution(naming: _naming).Map(block))
        {
            Source = _primal.Source,
            PrimalResults = 0,
        };
    }

    private Series? SeriesOf(Operand operand) => operand is Value value && _series.TryGetValue(value, out var series) ? series : null;

    private Operand Shadow(Operand storage) => _shadows[(Value)storage];

    /// <summary>New storage for the series of all elements, none of which varies yet.</summary>
    private Operand NewShadow(Operand storage, BlockBuilder into)
    {
        if (storage.Type is not ArrayType array)
        {
            var tape = _values.Fresh(TapeType.Instance, NameOfSeries(storage));
            into.Add(new OpenTape(tape));
            return tape;
        }

        var shadow = _values.Fresh(Signatures.Companion(Flat(array), writable: true), NameOfSeries(storage));
        into.Add(new Allocate(shadow, ShadowIndex.Length(into.Length(storage), _form.Order, into), Cleared: true));
        return shadow;
    }

    private static ArrayType Flat(ArrayType type) => new(type.Element, type.IsReadOnly ? ArrayForm.ReadOnlySpan : ArrayForm.Span);

    private static string NameOfSeries(Operand operand) => operand is Value { Name: { Length: > 0 } name } ? name + "Series" : "";

    private static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);
}
