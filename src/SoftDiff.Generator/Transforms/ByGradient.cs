namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Computes the other companions of a function from scalars to one scalar by calling its gradient. The vector–Jacobian product is the
/// gradient times the cotangent; the Jacobian–vector product is its inner product with the tangents. Only large functions are emitted this
/// way, so that their body does not appear three times. Input: the primal and its finished gradient. Output: the other companion. Relies on
/// the gradient's out parameters being in the order of the inputs.
/// </summary>
internal static class ByGradient
{
    private const int SharedSize = 40;

    public static bool Applies(Function primal, Function gradient) =>
        ScalarCalls.IsScalar(primal) && primal.Parameters.All(p => p.Part is null) && gradient.Body.AllOps().Count() > SharedSize;

    public static Function Derive(CompanionKind kind, Function gradient, Function primal)
    {
        var values = new ValueSource(gradient.MaxId() + 1);
        var code = new BlockBuilder(values);
        var added = new AddedParameters(primal);
        var result = values.Fresh(primal.Returns!, "value");
        var outputs = gradient.Parameters.Where(p => p.Mode == ParameterMode.Out).ToList();
        var partials = outputs.Select(p => values.Fresh(p.Value.Type)).ToList();
        var inputs = primal.Parameters.Where(p => p.Wrt && p.Value.Type.IsFloat && !p.Scratch).ToList();
        code.Add(new Call(ImmutableArray.Create(result).AddRange(partials), gradient.Name, primal.Parameters.Select(p => (Operand)p.Value).ToImmutableArray()));
        var parameters = primal.Parameters.ToBuilder();
        var yields = new List<Operand> { result };
        if (kind == CompanionKind.Vjp)
        {
            parameters.Add(added.OfResult(AddedKind.Cotangent, primal.Returns!, values));
            var cotangent = parameters[parameters.Count - 1].Value;
            for (var i = 0; i < partials.Count; i++) yields.Add(code.Compute(partials[i].Type, Opcode.Multiply, Cast(partials[i], cotangent), partials[i]));
            parameters.AddRange(outputs);
        }
        else
        {
            Operand? sum = null;
            foreach (var (input, partial) in inputs.Zip(partials, (i, p) => (i, p)))
            {
                parameters.Add(added.Add(AddedKind.Tangent, input, input.Value.Type, ParameterMode.Value, isInOut: false, values));
                var term = Cast(result, code.Compute(partial.Type, Opcode.Multiply, partial, parameters[parameters.Count - 1].Value));
                sum = sum is null ? term : code.Compute(result.Type, Opcode.Add, sum, term);
            }

            yields.Add(sum!);
            parameters.Add(added.OfResult(AddedKind.Tangent, primal.Returns!, values));
        }

        var name = primal.Name + (kind == CompanionKind.Vjp ? "Vjp" : "Jvp");
        return new Function(name, parameters.ToImmutable(), primal.Returns, code.Build(yields))
        {
            Source = primal.Source,
            PrimalResults = primal.PrimalResults,
        };

        Operand Cast(Value like, Operand operand) => operand.Type == like.Type ? operand : code.Compute(like.Type, Opcode.Convert, operand);
    }
}
