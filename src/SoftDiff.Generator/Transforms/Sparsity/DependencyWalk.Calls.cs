using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Sparsity;

// Calls.
internal sealed partial class DependencyWalk
{
    /// <summary>A function of the module is rewritten likewise, for the arguments that depend on data.</summary>
    private void VisitCall(Call call, BlockBuilder into, bool isUnsure)
    {
        var mask = CalleeDependence.Mask(call, _data.Has);
        if (!mask.Contains('1') && !call.Values.Any(_data.Has))
        {
            into.Add(_map.Map(call with { Callee = _callees.Request(VariantKind.Primal, call.Callee, "") }));
            return;
        }

        Require(!isUnsure || !_callees.IsRecursive(call.Callee), "how often a method calls itself depends on floats", call);
        var callee = _callees.Primal(call.Callee);
        var arguments = Parameters(callee, mask).Select(p =>
            !p.IsSet ? SetsOf(call.Args[p.Position])
            : p.Parameter.Value.Type is ScalarType ? SetOf(call.Args[p.Position])
            : ArrayOfSets(call.Args[p.Position], into)).ToList();

        // An integer or a bool that depends on data is not computed.
        var results = call.Values.Where(v => !_data.Has(v) || v.Type.IsFloat).Select(v => Result(v, into)).ToImmutableArray();
        var kind = isUnsure ? VariantKind.UnsureDependencies : VariantKind.Dependencies;
        into.Add(new Call(results, _callees.Request(kind, call.Callee, mask), arguments.Prepend(_sets.Argument).ToImmutableArray()));
    }

    /// <summary>The inputs of a function that its variant takes: not the integers and bools that depend on data.</summary>
    private static IEnumerable<(Parameter Parameter, int Position, bool IsSet)> Parameters(Function callee, string mask) =>
        callee.Inputs.Select((p, i) => (p, i, IsSet: mask[i] == '1' && (p.Value.Type.IsFloat || p.Value.Type.IsFloatArray)))
            .Where(p => p.IsSet || mask[p.i] == '0' || p.p.Value.Type.IsStorage).Select(p => (p.p, p.i, p.IsSet));

    /// <summary>The variant of a function that is called.</summary>
    public static Function OfCallee(Function callee, Variant variant, DerivedCallees callees, CancellationToken cancellation)
    {
        var values = new ValueSource(callee.MaxId() + 1);
        var sets = values.Fresh(SparseTypes.Sets, "sets");
        var isUnsure = variant.Kind == VariantKind.UnsureDependencies;
        var data = callee.Inputs.Where((_, i) => variant.Mask[i] == '1').Select(p => (Operand)p.Value).ToList();
        var walk = new DependencyWalk(callee, data, data, isUnsure, new SetCode(sets), callees, cancellation);
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        parameters.Add(new Parameter(sets, ParameterMode.Value, Wrt: false));
        foreach (var (parameter, _, isSet) in Parameters(callee, variant.Mask))
        {
            var value = parameter.Value;
            if (isSet)
            {
                value = values.Fresh(value.Type is ArrayType ? SetCode.ArrayOf(value.Type) : ScalarType.Int32, NameOf(value));
                walk.Bind(parameter.Value, value);
            }

            parameters.Add(new Parameter(value, ParameterMode.Value, Wrt: false));
        }

        var body = new BlockBuilder(values);
        walk.Visit(callee.Body, body, isUnsure);
        var depends = callees.Dependence.Results(variant.Callee, variant.Mask, isUnsure);
        var yields = new List<Operand>();
        for (var i = 0; i < depends.Length; i++)
        {
            var yield = callee.Body.Yields[i];
            if (!depends[i]) yields.Add(walk.Known(yield));
            else if (yield.Type.IsFloat) yields.Add(walk.SetOf(yield));
        }

        // All results but the first are out parameters.
        var returns = yields.Count == 0 ? null : yields[0].Type;
        for (var i = 1; i < yields.Count; i++) parameters.Add(new Parameter(values.Fresh(yields[i].Type, "result"), ParameterMode.Out, Wrt: false));
        return new Function(callees.Name(variant), parameters.ToImmutable(), returns, body.Build(yields)) { PrimalResults = 0 };
    }

    /// <summary>A rule says nothing of single elements, so all that it computes depends on all that it is differentiated by.</summary>
    private void VisitRuleCall(RuleCall call, BlockBuilder into, bool isUnsure)
    {
        if (!call.Results.Concat(call.ElementsWritten()).Any(_data.Has))
        {
            into.Add(_map.Map(call));
            return;
        }

        var union = Union(call.Args.Where((_, i) => call.Rule.Parameters[i].IsDifferentiable), into);
        foreach (var value in call.Values.Where(HasSets)) _numbers[value] = union;
        foreach (var array in call.ElementsWritten().Where(HasSets)) FillWith(array, union, into, isUnsure);
    }

    /// <summary>A method by name may leave what it is given to write.</summary>
    private void VisitInvoke(Invoke invoke, BlockBuilder into)
    {
        var union = Union(invoke.Reads(), into);
        foreach (var value in invoke.Results.Where(HasSets)) _numbers[value] = union;
        foreach (var array in invoke.ElementsWritten().Where(HasSets)) FillWith(array, union, into, isUnsure: true);
    }

    private Operand Union(IEnumerable<Operand> operands, BlockBuilder into) => operands.Where(HasSets).Aggregate(
        SetCode.Empty, (sum, o) => _sets.Union(sum, o.Type is ArrayType ? _sets.All(into.Elements(SetsOf(o)), into) : SetOf(o), into));
}
