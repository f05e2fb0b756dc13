using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Forward mode. Input: a simplified function. Output: the same function, which also computes a tangent for every active value and an array
/// of tangents for every active array. A tangent that is identically zero is left out, so no rule is multiplied by it. Relies on
/// <see cref="Activity"/>. (Griewank and Walther 2008, section 3.1.)
/// </summary>
internal sealed partial class Forward : ForwardWalk
{
    private readonly Dictionary<Value, Operand> _dots = new();

    private Forward(Function primal, DerivedCallees callees, CancellationToken cancellation)
        : base("Forward mode", primal, callees, cancellation)
    {
    }

    /// <summary>The Jacobian–vector product in the shape of the public surface.</summary>
    public static Function Apply(Function primal, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        new Forward(primal, callees, cancellation).Build(options);

    /// <summary>The tangent variant of a callee: tangents of active parameters follow the parameters, tangents of results the results.</summary>
    public static Function ApplyToCallee(Function primal, Variant variant, DerivedCallees callees, TransformOptions options, CancellationToken cancellation) =>
        new Forward(primal, callees, cancellation).BuildCallee(variant, options);

    private Function Build(TransformOptions options)
    {
        var (inputs, outputs) = Signatures.Ends(Primal, Written);
        Activity = new Activity(Primal, Definitions, inputs, outputs, options.Activity);
        var added = new AddedParameters(Primal);
        var parameters = Primal.Parameters.ToBuilder();
        var entry = new BlockBuilder(Values);
        var results = new List<Operand>();
        var tangentArrays = new Dictionary<Value, bool>();
        foreach (var parameter in Signatures.ResultsLast(Primal.Parameters))
        {
            var value = parameter.Value;
            var inOut = Signatures.IsInOut(parameter, Written);
            if (!inOut && !Signatures.IsOut(parameter) && !Signatures.IsInput(parameter, Written))
            {
                if (value.Type is ArrayType && Activity.IsActive(value)) Shadows[value] = ArrayCode.Like(value, entry, DotName(value));
                continue;
            }

            var mode = Signatures.IsOut(parameter) ? ParameterMode.Out
                : inOut && value.Type is not ArrayType ? ParameterMode.Ref
                : ParameterMode.Value;
            var type = mode == ParameterMode.Out ? value.Type : Signatures.Companion(value.Type, writable: inOut);
            parameters.Add(added.Add(AddedKind.Tangent, parameter, type, mode, inOut, Values));
            var tangent = parameters[parameters.Count - 1].Value;
            if (value.Type is ArrayType && mode != ParameterMode.Out)
            {
                entry.Add(new RequireLength(tangent, tangent.Name, value, parameter.Name));
                Shadows[value] = tangent;
                tangentArrays.Add(tangent, inOut);
            }
            else if (mode != ParameterMode.Out)
            {
                _dots[value] = tangent;
            }
        }

        EntryChecks.Disjoint(Primal, Written, tangentArrays, entry);
        if (Primal.Returns is { IsFloat: true } returns)
        {
            parameters.Add(added.OfResult(AddedKind.Tangent, returns, Values));
        }

        var body = new BlockBuilder(Values);
        body.AddRange(entry.Ops);
        Visit(Primal.Body, body);
        foreach (var parameter in Signatures.ResultsLast(Primal.Parameters).Where(p => p.IsResult && p.Value.Type.CarriesDerivative && !p.Scratch))
        {
            var result = Signatures.ResultOf(Primal, parameter);
            results.Add(parameter.Value.Type is ArrayType ? ArrayOfTangents(result, body) : DotOrZero(result));
        }

        if (Primal.Returns is { IsFloat: true }) results.Add(DotOrZero(Primal.Body.Yields[0]));
        return Finish(Primal.Name + "Jvp", parameters.ToImmutable(), body, results);
    }

    private Function BuildCallee(Variant variant, TransformOptions options)
    {
        var inputs = Primal.Parameters.Where((_, i) => variant.Mask[i] == '1').Select(p => p.Value).ToList();
        var outputs = Primal.Body.Yields.Concat(inputs.Where(v => v.Type.IsStorage));
        Activity = new Activity(Primal, Definitions, inputs, outputs, options.Activity);
        var parameters = Primal.Parameters.ToBuilder();
        var body = new BlockBuilder(Values);
        for (var i = 0; i < Primal.Parameters.Length; i++)
        {
            var value = Primal.Parameters[i].Value;
            if (variant.Mask[i] == '1')
            {
                var tangent = Values.Fresh(Signatures.Companion(value.Type, writable: Written.Contains(value)), value.Name + "Dot");
                parameters.Add(new Parameter(tangent, ParameterMode.Value, Wrt: false));
                if (value.Type.IsStorage) Shadows[value] = tangent;
                else _dots[value] = tangent;
            }
            else if (value.Type.IsStorage && Activity.IsActive(value))
            {
                Shadows[value] = value.Type is TapeType ? OpenShadow(value, body) : ArrayCode.Like(value, body, DotName(value));
            }
        }

        Visit(Primal.Body, body);
        var results = new List<Operand>();
        foreach (var yield in Primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            results.Add(DotOrZero(yield));
            parameters.Add(new Parameter(Values.Fresh(yield.Type, "resultDot"), ParameterMode.Out, Wrt: false));
        }

        return Finish(Callees.Name(variant), parameters.ToImmutable(), body, results);
    }

    private Function Finish(string name, ImmutableArray<Parameter> parameters, BlockBuilder body, List<Operand> results)
    {
        var block = new Block(body.Ops, Primal.Body.Yields.AddRange(results));
        return new Function(name, parameters, Primal.Returns, new Substitution(naming: Naming).Map(block))
        {
            Source = Primal.Source,
            PrimalResults = Primal.PrimalResults,
        };
    }

    /// <summary>The tangents of an array that the function gives back.</summary>
    private Operand ArrayOfTangents(Operand result, BlockBuilder into)
    {
        if (Activity.IsActive(result)) return Shadow(result);
        if (Definitions.OpOf(result) is not MakeArray made) return result;
        var zeros = Values.Fresh(result.Type, DotName(made.Result));
        into.Add(made with { Result = zeros, Elements = null });
        return zeros;
    }

    private Operand? Dot(Operand operand) => operand is Value value && _dots.TryGetValue(value, out var dot) ? dot : null;

    private Operand DotOrZero(Operand operand) => Dot(operand) ?? new NumberConstant((ScalarType)operand.Type, 0);

    private static string DotName(Value value) => value.Name.Length > 0 ? value.Name + "Dot" : "";
}
