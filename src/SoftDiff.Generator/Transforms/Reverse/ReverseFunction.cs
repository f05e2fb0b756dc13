using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The one function that runs the primal and propagates cotangents: its parameters, the cotangents it starts from, and the code in order.
/// </summary>
internal sealed class ReverseFunction(ReverseSweep sweep, bool gradient, HashSet<Operand> written)
{
    private readonly Function _primal = sweep.Primal.Function;
    private readonly Frame _root = new(Placement.Same, sweep.Primal.Function.Body, sweep.Values);
    private readonly BlockBuilder _entry = new(sweep.Values);
    private readonly BlockBuilder _made = new(sweep.Values);
    private readonly BlockBuilder _clears = new(sweep.Values);
    private readonly AddedParameters _added = new(sweep.Primal.Function);
    private readonly List<Parameter> _parameters = sweep.Primal.Function.Parameters.ToList();
    private readonly List<Value> _gradients = new();
    private readonly List<Parameter> _shadows = new();
    private readonly List<Value> _cotangents = new();

    /// <summary>Writes the adjoint of the body.</summary>
    public void Walk()
    {
        AddResult();
        foreach (var parameter in _primal.Parameters) AddCompanion(parameter);
        OverlapGuards.Add(_primal.Parameters, written, _shadows, _cotangents, _entry);
        sweep.Operations.Reverse(_root);
    }

    /// <summary>The function, after the walk.</summary>
    public Function Build()
    {
        var results = new List<Operand>();
        foreach (var primal in _gradients)
        {
            results.Add(sweep.Take(primal, _root) ?? new NumberConstant((ScalarType)primal.Type, 0));
            sweep.Names.Suggest(results[results.Count - 1], primal.Name + "Bar");
        }

        var body = new BlockBuilder(sweep.Values);
        body.AddRange(_entry.Ops);
        body.AddRange(_made.Ops);
        if (sweep.HasTape) body.Add(new OpenTape(sweep.Tape));
        body.AddRange(ForwardSweep.Ops(_root, _clears.Ops));
        body.AddRange(_root.Code.Ops);
        var block = new Substitution(naming: sweep.Names).Map(body.Build(_primal.Body.Yields.Concat(results)));
        return new Function(_primal.Name + (gradient ? "Grad" : "Vjp"), _parameters.ToImmutableArray(), _primal.Returns, block)
        {
            Source = _primal.Source,
            PrimalResults = _primal.PrimalResults,
        };
    }

    /// <summary>The cotangent of the result: 1 for a gradient, a parameter for a vector–Jacobian product; one for each scalar of a struct.</summary>
    private void AddResult()
    {
        foreach (var parameter in _primal.Parameters.Where(p => p.IsReturned && Signatures.IsOut(p))) AddCotangent(parameter);
        if (_primal.Returns is not { } returns) return;
        var result = _primal.Body.Yields[0];
        if (gradient)
        {
            sweep.Cotangents.Seed(result, new NumberConstant((ScalarType)returns, 1), _root);
        }
        else if (returns.IsFloat)
        {
            _parameters.Add(_added.OfResult(AddedKind.Cotangent, returns, sweep.Values));
            sweep.Cotangents.Seed(result, _parameters[_parameters.Count - 1].Value, _root);
        }
    }

    private void AddCotangent(Parameter of)
    {
        if (of.Value.Type is ArrayType array)
        {
            AddArrayCotangent(of, array);
            return;
        }

        _parameters.Add(_added.Add(AddedKind.Cotangent, of, of.Value.Type, ParameterMode.Value, isInOut: false, sweep.Values));
        sweep.Cotangents.Seed(Signatures.ResultOf(_primal, of), _parameters[_parameters.Count - 1].Value, _root);
    }

    /// <summary>The cotangents of an array that the function gives back. How many there must be is known when the primal has run.</summary>
    private void AddArrayCotangent(Parameter of, ArrayType type)
    {
        _parameters.Add(_added.Add(AddedKind.Cotangent, of, type.ReadOnly(), ParameterMode.Value, isInOut: false, sweep.Values));
        var cotangents = _parameters[_parameters.Count - 1].Value;
        _cotangents.Add(cotangents);
        var result = Signatures.ResultOf(_primal, of);
        _root.Code.Add(new RequireLength(cotangents, cotangents.Name, result, of.IsReturned ? "the result" : of.Name));
        if (result is Value made) _root.Shadows[made] = cotangents;
    }

    /// <summary>
    /// The parameter for the cotangent that comes in, for the gradient that goes out, or for both; and the shadow of an array.
    /// </summary>
    private void AddCompanion(Parameter parameter)
    {
        if (Signatures.IsOut(parameter))
        {
            if (!parameter.IsReturned) AddCotangent(parameter);
        }
        else if (Signatures.IsInOut(parameter, written) || Signatures.IsInput(parameter, written))
        {
            AddGradient(parameter, Signatures.IsInOut(parameter, written));
        }
        else if (parameter.Value.Type is ArrayType && sweep.IsActive(parameter.Value))
        {
            var shadow = ArrayCode.Like(parameter.Value, _made, _added.Name("d", parameter.Name));
            AddShadow(parameter.Value, shadow);
        }
    }

    private void AddGradient(Parameter parameter, bool isInOut)
    {
        var value = parameter.Value;
        var mode = value.Type is ArrayType ? ParameterMode.Value : isInOut ? ParameterMode.Ref : ParameterMode.Out;
        _parameters.Add(_added.Add(AddedKind.Gradient, parameter, Signatures.Companion(value.Type, writable: true), mode, isInOut, sweep.Values));
        var output = _parameters[_parameters.Count - 1].Value;
        if (value.Type is ArrayType)
        {
            _entry.Add(new RequireLength(output, output.Name, value, parameter.Name));
            _shadows.Add(_parameters[_parameters.Count - 1]);
            var elements = AddShadow(value, output);
            if (!isInOut) _clears.Add(new Fill(elements, ArrayCode.Zero(output)));
        }
        else
        {
            if (isInOut) sweep.Cotangents.Seed(Signatures.ResultOf(_primal, parameter), output, _root);
            _gradients.Add(value);
        }
    }

    /// <summary>
    /// Makes an array the shadow of a parameter, and gives its elements. Where the primal works on the elements of a container, the adjoint
    /// works on those of its shadow, from the start.
    /// </summary>
    private Value AddShadow(Value array, Value shadow)
    {
        _root.Shadows[array] = shadow;
        var flatten = _primal.Body.Ops.OfType<Flatten>().FirstOrDefault(f => f.Tensor.Equals(array));
        if (shadow.Type is ArrayType { IsContainer: false })
        {
            if (flatten is not null) _root.Shadows[flatten.Result] = shadow;
            return shadow;
        }

        // The elements of an array of arrays are set to zero at once, also where the primal does not touch them.
        if (flatten is null && shadow.Type is not ArrayType { IsJagged: true }) return shadow;
        var elements = sweep.Values.Fresh(((ArrayType)shadow.Type).AsSpan(), shadow.Name + "Elements");
        _made.Add(new Flatten(elements, shadow));
        if (flatten is not null) _root.Shadows[flatten.Result] = elements;
        return elements;
    }
}
