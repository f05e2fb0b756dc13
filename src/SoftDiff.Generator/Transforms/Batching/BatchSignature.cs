namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>The parameters of a batch: the number of examples, one parameter for each of the example's, and a span for what the function returns.</summary>
/// <param name="Batch">The number of examples.</param>
/// <param name="Members">The parameters of the example's function, in order.</param>
/// <param name="Result">The span of the values that the function returns; null if it returns nothing.</param>
/// <param name="Values">Hands out the values of the batch's function.</param>
internal sealed record BatchSignature(Value Batch, ImmutableArray<BatchedParameter> Members, Value? Result, ValueSource Values)
{
    /// <param name="primal">The function as it is declared.</param>
    /// <param name="example">The function that is called for each example, which may take spans where the other takes arrays.</param>
    /// <param name="shared">Positions of the parameters that are the same for all examples.</param>
    /// <param name="isWritten">Whether the function writes an array, by its position among the inputs.</param>
    /// <param name="names">The names of the parameters that are added.</param>
    public static BatchSignature Of(
        Function primal, Function example, IReadOnlyCollection<int> shared, Func<int, bool> isWritten, (string Batch, string Values) names)
    {
        var values = new ValueSource();
        var taken = new HashSet<string>(primal.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        var batch = Named(values.Fresh(ScalarType.Int32, Unique(names.Batch, taken)));
        var inputs = example.Inputs;
        var members = example.Parameters.Select((parameter, i) => Member(parameter, shared.Contains(i) ? primal.Parameters[i] : null)).ToImmutableArray();
        var result = example.Returns is ScalarType returns
            ? Named(values.Fresh(new ArrayType(returns, ArrayForm.Span), Unique(names.Values, taken)))
            : null;
        return new BatchSignature(batch, members, result, values);

        BatchedParameter Member(Parameter parameter, Parameter? shared)
        {
            var written = parameter.IsResult || (parameter.Value.Type is ArrayType && isWritten(inputs.IndexOf(parameter)));
            if (shared is not null && written) throw new ArgumentException($"{parameter.Name} is shared by the examples of a batch, but written.");
            var value = Named(values.Fresh(shared?.Value.Type ?? BatchedParameter.TypeOf(parameter), parameter.Name));
            var batched = shared is null ? parameter with { Value = value, Mode = ParameterMode.Value } : shared with { Value = value };
            return new BatchedParameter(parameter, batched, shared is not null, written);
        }
    }

    public ImmutableArray<Parameter> Parameters()
    {
        var parameters = Members.Select(m => m.Batch).Prepend(new Parameter(Batch, ParameterMode.Value, Wrt: false));
        if (Result is not null) parameters = parameters.Append(new Parameter(Result, ParameterMode.Value, Wrt: Result.Type.CarriesDerivative));
        return parameters.ToImmutableArray();
    }

    private static Value Named(Value value) => value with { IsUserNamed = true };

    private static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++) unique = name + "_" + i;
        return unique;
    }
}
