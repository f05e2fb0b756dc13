namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>The rule of a method that computes each element of its destinations from the elements at the same place.</summary>
internal sealed class ElementRule : TensorMethodRule
{
    private readonly ImmutableArray<Derivative> _derivatives;
    private readonly ImmutableArray<int> _operands;
    private readonly ImmutableArray<int> _destinations;

    private ElementRule(ImmutableArray<Derivative> derivatives, ImmutableArray<int> operands, ImmutableArray<int> destinations) =>
        (_derivatives, _operands, _destinations) = (derivatives, operands, destinations);

    /// <summary>The rule of the method with that name; null if it computes its elements in another way.</summary>
    public static ElementRule? Of(string method, CustomRule rule)
    {
        var places = Enumerable.Range(0, rule.Parameters.Length).ToLookup(i => rule.Parameters[i].IsWritten);
        var (operands, destinations) = (places[false].ToImmutableArray(), places[true].ToImmutableArray());
        return ElementFunctions.Of(method, operands.Length, destinations.Length) is { } derivatives
            ? new ElementRule(derivatives, operands, destinations) : null;
    }

    public override FunctionWriter Backward(CustomRule rule)
    {
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: false);
        var cotangents = _destinations.Select(d => writer.Input(given[d].Type, "cotangent")).ToList();
        var gradients = writer.SpanGradients(rule);
        var scalars = _operands.Where(p => rule.Parameters[p].Role == RuleRole.Scalar).ToList();
        var zeros = scalars.Select(p => (Operand)Operand.Zero((ScalarType)given[p].Type)).ToImmutableArray();
        var sums = writer.Fold(Count(writer, given), zeros, (body, i, held) =>
        {
            var pushes = _destinations.Select((d, k) => (Rules: Builder(body, given, i, d, body.Load(given[d], i), towardsInputs: true), Push: _derivatives[k].Push,
                Cotangent: body.Load(cotangents[k], i))).ToList();
            Operand Gradient(int p) => pushes
                .Select(push => push.Push(push.Rules, _operands.IndexOf(p), push.Cotangent)).OfType<Operand>()
                .DefaultIfEmpty(Operand.Zero(ElementOf(given[p]))).Aggregate((a, b) => body.Compute(a.Type, Opcode.Add, a, b));
            foreach (var gradient in gradients) body.Add(new Store(gradient.Value, i, Gradient(gradient.Key)));
            return scalars.Select((p, k) => (Operand)body.Compute(held[k].Type, Opcode.Add, held[k], Gradient(p))).ToImmutableArray();
        });
        for (var k = 0; k < scalars.Count; k++) writer.Out(sums[k], FunctionWriter.Prefixed("d", rule.Parameters[scalars[k]].Name));
        return writer;
    }

    public override FunctionWriter Tangent(CustomRule rule)
    {
        var writer = new FunctionWriter();
        var given = writer.Inputs(rule, writesOutputs: true);
        var tangents = writer.Tangents(rule);
        var outputs = _destinations.Select(d => writer.Input(given[d].Type, "t" + d)).ToList();
        var count = Count(writer, given);
        var needsResults = _derivatives.Any(d => d.Needs.HasFlag(Needs.Result));
        var results = needsResults ? CallApart(writer, rule, given, count) : null;
        FunctionWriter.Count(count, "i", writer.Block, (body, i) =>
        {
            // All tangents are computed before one is stored: a destination may be an input.
            var dots = _destinations.Select((d, k) =>
            {
                var rules = Builder(body, given, i, d, results is null ? null : body.Load(results[d], i), towardsInputs: false);
                return tangents.Select(t => _derivatives[k].Push(rules, _operands.IndexOf(t.Key), Element(body, t.Value, i))).OfType<Operand>()
                    .DefaultIfEmpty(Operand.Zero(ElementOf(given[d]))).Aggregate((a, b) => body.Compute(a.Type, Opcode.Add, a, b));
            }).ToList();
            for (var k = 0; k < dots.Count; k++) body.Add(new Store(outputs[k], i, dots[k]));
        });
        if (results is null) writer.Block.Add(new RuleCall(ImmutableArray<Value>.Empty, rule, given.ToImmutableArray<Operand>()));
        else foreach (var result in results) writer.Block.Add(new Copy(result.Value, given[result.Key]));
        return writer;
    }

    private Operand Count(FunctionWriter writer, Value[] given) => writer.Block.Length(given[_operands.First(p => given[p].Type is ArrayType)]);

    /// <summary>Builds the partials at one index. Each operand is an element or a number.</summary>
    private RuleBuilder Builder(BlockBuilder body, Value[] given, Value i, int destination, Operand? result, bool towardsInputs)
    {
        var type = ElementOf(given[destination]);
        return new RuleBuilder(
            body, type, p => Element(body, given[_operands[p]], i), () => result ?? throw new InvalidOperationException("The row says that it does not read the result."),
            p => towardsInputs ? ElementOf(given[_operands[p]]) : type);
    }

    private static Operand Element(BlockBuilder body, Operand given, Value i) => given.Type is ArrayType ? body.Load(given, i) : given;

    private static ScalarType ElementOf(Operand given) => given.Type is ArrayType array ? array.Element : (ScalarType)given.Type;
}
