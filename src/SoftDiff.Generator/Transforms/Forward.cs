using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Forward mode. Input: a simplified function. Output: the same function, which also computes a tangent for every active value and an array
/// of tangents for every active array. A tangent that is identically zero is left out, so no rule is multiplied by it. Relies on
/// <see cref="Activity"/>. (Griewank and Walther 2008, section 3.1.)
/// </summary>
internal sealed partial class Forward
{
    private readonly Function _primal;
    private readonly DerivedCallees _callees;
    private readonly CancellationToken _cancellation;
    private readonly ValueSource _values;
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _written;
    private readonly Dictionary<Value, Operand> _dots = new();
    private readonly Dictionary<Value, Operand> _shadows = new();
    private readonly Naming _naming = new();
    private Activity _activity = null!;

    private Forward(Function primal, DerivedCallees callees, CancellationToken cancellation)
    {
        _primal = primal;
        _callees = callees;
        _cancellation = cancellation;
        _values = new ValueSource(primal.MaxId() + 1);
        _definitions = new Definitions(primal);
        _written = Signatures.Written(primal);
    }

    /// <summary>The Jacobian–vector product in the shape of the public surface.</summary>
    public static Function Apply(Function primal, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        new Forward(primal, callees, cancellation).Build(options);

    /// <summary>The tangent variant of a callee: tangents of active parameters follow the parameters, tangents of results the results.</summary>
    public static Function ApplyToCallee(Function primal, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        new Forward(primal, callees, cancellation).BuildCallee(variant, options);

    private Function Build(TransformOptions options)
    {
        var (inputs, outputs) = Signatures.Ends(_primal, _written);
        _activity = new Activity(_primal, _definitions, inputs, outputs, options.Activity);
        var taken = new HashSet<string>(_primal.Parameters.Select(p => p.Name));
        var parameters = _primal.Parameters.ToBuilder();
        var entry = new BlockBuilder(_values);
        var results = new List<Operand>();
        var tangentArrays = new List<Value>();
        foreach (var parameter in _primal.Parameters)
        {
            var value = parameter.Value;
            var inOut = Signatures.IsInOut(parameter, _written);
            if (!inOut && !Signatures.IsOut(parameter) && !Signatures.IsInput(parameter, _written))
            {
                if (value.Type is ArrayType && _activity.IsActive(value)) _shadows[value] = ArrayCode.Like(value, entry, DotName(value));
                continue;
            }

            var name = Signatures.Name("t", parameter.Name, taken);
            var tangent = _values.Fresh(Signatures.Companion(value.Type, writable: inOut), name);
            var mode = value.Type is ArrayType ? ParameterMode.Value
                : Signatures.IsOut(parameter) ? ParameterMode.Out
                : inOut ? ParameterMode.Ref
                : ParameterMode.Value;
            parameters.Add(new Parameter(tangent, mode, Wrt: false));
            if (value.Type is ArrayType)
            {
                entry.Add(new RequireLength(tangent, name, value, parameter.Name));
                _shadows[value] = tangent;
                tangentArrays.Add(tangent);
            }
            else if (mode != ParameterMode.Out)
            {
                _dots[value] = tangent;
            }
        }

        RequireDisjoint(entry, tangentArrays);
        if (_primal.Returns is { IsFloat: true } returns)
        {
            parameters.Add(new Parameter(_values.Fresh(returns, Signatures.Name("t", "result", taken)), ParameterMode.Out, Wrt: false));
        }

        var body = new BlockBuilder(_values);
        body.AddRange(entry.Ops);
        Visit(_primal.Body, body);
        foreach (var parameter in _primal.Parameters.Where(p => p.IsResult && p.Value.Type.IsFloat && !p.Scratch))
        {
            results.Add(DotOrZero(Signatures.ResultOf(_primal, parameter)));
        }

        if (_primal.Returns is { IsFloat: true }) results.Add(DotOrZero(_primal.Body.Yields[0]));
        return Finish(_primal.Name + "Jvp", parameters.ToImmutable(), body, results);
    }

    private Function BuildCallee(Variant variant, TransformOptions options)
    {
        var inputs = _primal.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = _primal.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        _activity = new Activity(_primal, _definitions, inputs, outputs, options.Activity);
        var parameters = _primal.Parameters.ToBuilder();
        var body = new BlockBuilder(_values);
        for (var i = 0; i < _primal.Parameters.Length; i++)
        {
            var value = _primal.Parameters[i].Value;
            if (variant.Mask[i] == '1')
            {
                var tangent = _values.Fresh(Signatures.Companion(value.Type, writable: _written.Contains(value)), value.Name + "Dot");
                parameters.Add(new Parameter(tangent, ParameterMode.Value, Wrt: false));
                if (value.Type.IsStorage) _shadows[value] = tangent;
                else _dots[value] = tangent;
            }
            else if (value.Type.IsStorage && _activity.IsActive(value))
            {
                _shadows[value] = value.Type is TapeType ? OpenShadow(value, body) : ArrayCode.Like(value, body, DotName(value));
            }
        }

        Visit(_primal.Body, body);
        var results = new List<Operand>();
        foreach (var yield in _primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            results.Add(DotOrZero(yield));
            parameters.Add(new Parameter(_values.Fresh(yield.Type, "resultDot"), ParameterMode.Out, Wrt: false));
        }

        return Finish(_callees.Name(variant), parameters.ToImmutable(), body, results);
    }

    private Function Finish(string name, ImmutableArray<Parameter> parameters, BlockBuilder body, List<Operand> results)
    {
        var block = new Block(body.Ops, _primal.Body.Yields.AddRange(results));
        return new Function(name, parameters, _primal.Returns, new Substitution(naming: _naming).Map(block))
        {
            Source = _primal.Source,
            PrimalResults = _primal.PrimalResults,
        };
    }

    /// <summary>Nothing that is written may overlap anything else that the function touches.</summary>
    private void RequireDisjoint(BlockBuilder entry, List<Value> tangents)
    {
        var arrays = _primal.Parameters.Select(p => p.Value).Where(v => v.Type is ArrayType).Concat(tangents).ToList();
        bool IsWritten(Value v) => _written.Contains(v) || (tangents.Contains(v) && v.Type is ArrayType { IsReadOnly: false });
        for (var i = 0; i < arrays.Count; i++)
        {
            for (var j = i + 1; j < arrays.Count; j++)
            {
                if ((IsWritten(arrays[i]) || IsWritten(arrays[j])) && ((ArrayType)arrays[i].Type).Element == ((ArrayType)arrays[j].Type).Element)
                {
                    entry.Add(new RequireDisjoint(arrays[i], arrays[i].Name, arrays[j], arrays[j].Name));
                }
            }
        }
    }

    private Operand? Dot(Operand operand) => operand is Value value && _dots.TryGetValue(value, out var dot) ? dot : null;

    private Operand DotOrZero(Operand operand) => Dot(operand) ?? new NumberConstant((ScalarType)operand.Type, 0);

    private Operand Shadow(Operand array) => _shadows[(Value)array];

    private static string DotName(Value value) => value.Name.Length > 0 ? value.Name + "Dot" : "";
}
