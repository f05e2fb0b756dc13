using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lanes;

/// <summary>
/// Runs several iterations of a loop at once. Input: a module with loops over directions of a derivative, which are independent. Output: the same with
/// these loops as functions over a lane type (<see cref="LaneCall"/>). Values that are the same for every direction, the primal's and the control
/// flow, stay numbers and are computed once for all lanes; so no lane has to be masked. Each lane is rounded as the loop's numbers were. Relies on
/// <see cref="Variation"/>; a loop with an obstacle stays as it is.
/// </summary>
internal sealed class RunInLanes
{
    private readonly Function _function;
    private readonly Definitions _definitions;
    private readonly Effects _effects;
    private readonly ValueSource _values;
    private readonly List<Function> _added = new();

    private RunInLanes(Function function)
    {
        _function = function;
        _definitions = new Definitions(function);
        _effects = new Effects(_definitions);
        _values = new ValueSource(function.MaxId() + 1);
    }

    public static Module Run(Module module)
    {
        // A lane function has one type parameter, which is the lane type.
        if (module.IsGeneric) return module;
        var added = new Dictionary<string, Function>(StringComparer.Ordinal);
        Function Rewritten(Function function)
        {
            if (!function.Body.AllOps().Any(op => op is For { IsOverDirections: true })) return function;
            var pass = new RunInLanes(function);
            var rewritten = function.MapDirections(loop => new[] { pass.Apply(loop) });
            foreach (var lanes in pass._added) added[lanes.Name] = lanes;
            return rewritten;
        }

        var (root, callees) = (Rewritten(module.Root), module.Callees.Select(Rewritten).ToList());
        return module with { Root = root, Callees = callees.Concat(added.Values).OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray() };
    }

    private Op Apply(For loop)
    {
        var variation = new Variation(loop, _definitions, _effects);
        if (variation is not { Obstacle: null, Element: { } element } || loop.Start is not IntegerConstant { Number: 0 }) return loop;
        var outside = Outside(loop);
        if (outside.Any(v => v.Type is TapeType || _function.Parameters.Any(p => p.MayBeNull && p.Value.Equals(v)))) return loop;
        var rewriter = new LaneRewriter(variation, ScalarType.Lane(element), _values);
        var function = LaneFunction(loop, outside, rewriter, BasisVectors.Of(loop, variation, _definitions), ScalarType.Lane(element));
        _added.Add(function);
        return new LaneCall(function.Name, loop.End, ImmutableArray.CreateRange<Operand>(outside), element) { Line = loop.Line };
    }

    /// <summary>
    /// for (block …) { index = first + block * lanes; body }. It returns the iteration after the last block.
    /// </summary>
    private Function LaneFunction(For loop, List<Value> outside, LaneRewriter rewriter, BasisVectors bases, ScalarType lane)
    {
        var (first, end) = (_values.Fresh(ScalarType.Int32, "first"), _values.Fresh(ScalarType.Int32, "end"));
        var code = new BlockBuilder(_values) { Line = loop.Line };
        var lanes = _values.Fresh(ScalarType.Int32, "lanes");
        code.Add(new LaneCount(lanes, lane));
        var blocks = code.Compute(ScalarType.Int32, Opcode.Divide, code.Compute(ScalarType.Int32, Opcode.Subtract, end, first), lanes);
        var block = _values.Fresh(ScalarType.Int32, "block");
        Compute At(Value result, Operand number, BlockBuilder into) =>
            new(result, Opcode.Add, ImmutableArray.Create<Operand>(first, into.Compute(ScalarType.Int32, Opcode.Multiply, number, lanes)));
        var body = new BlockBuilder(_values) { Line = loop.Line };
        body.Add(At(loop.Index, block, body));
        body.AddRange(rewriter.Map(bases.Without(loop.Body)).Ops);
        body.AddRange(bases.Resets(rewriter));
        code.AddRange(bases.Made.Select(made => made.Rebuild(rewriter)));
        code.Add(new For(block, ArrayCode.Int(0), blocks, 1, false, ImmutableArray<Carried>.Empty, body.Build()));
        var next = _values.Fresh(ScalarType.Int32);
        code.Add(At(next, blocks, code));
        var parameters = outside.Prepend(end).Prepend(first).Select(v => new Parameter(Named(v), ParameterMode.Value, Wrt: false)).ToImmutableArray();
        var function = WithSpans(Signatures.WithDistinctNames(new Function("", parameters, ScalarType.Int32, code.Build(next)) { Source = _function.Source }));
        var hash = StableHash.Of(IrText.Print(function)).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        return function with { Name = _function.Name + "Lanes_" + hash, IsNamedByContent = true };
    }

    /// <summary>The numbers of an array of structs are a span in the function around the loop, and so they are here.</summary>
    private Function WithSpans(Function function)
    {
        bool IsOfStructs(Parameter p) => p.Value.Type is ArrayType { Form: ArrayForm.Array } && _function.Parameters.Any(own => own.ElementsOf is not null && own.Value.Equals(p.Value));
        var structs = function.Parameters.Where(IsOfStructs).ToDictionary(p => p.Value, p => p.Value with { Type = ((ArrayType)p.Value.Type).AsSpan() });
        if (structs.Count == 0) return function;
        var spans = new Substitution();
        foreach (var (array, span) in structs.Select(pair => (pair.Key, pair.Value))) spans[array] = span;
        var parameters = function.Parameters.Select(p => structs.TryGetValue(p.Value, out var span) ? p with { Value = span } : p);
        return function with { Parameters = parameters.ToImmutableArray(), Body = spans.Map(function.Body) };
    }

    private Value Named(Value value)
    {
        if (value.Name.Length > 0) return value;
        return value with { Name = _definitions.OpOf(value) is Length { Array: Value { Name.Length: > 0 } array } ? array.Name + "Length" : value.Type.IsFloat ? "factor" : "count" };
    }

    /// <summary>What the body reads from outside.</summary>
    private static List<Value> Outside(For loop)
    {
        var scope = new LoopScope(loop);
        return loop.Body.AllReads().OfType<Value>().Where(scope.IsOutside).Distinct().ToList();
    }
}
