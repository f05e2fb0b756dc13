namespace SoftDiff.Generator.Emit;

/// <summary>A call of a function of the same file, with its results matched to the callee's parameters.</summary>
/// <param name="Returned">The value that the call returns; null if the callee returns nothing.</param>
/// <param name="Arguments">One per parameter of the callee, in order.</param>
internal sealed record CallSite(Node Node, string Callee, Value? Returned, ImmutableArray<CallArgument> Arguments)
{
    /// <summary>By-reference parameters that are read and written.</summary>
    public IEnumerable<(Value Result, Operand Argument)> References =>
        Arguments.Where(a => a.Input is not null && a.Output is not null).Select(a => (a.Output!, a.Input!));

    public static ImmutableArray<CallSite> Find(Tree tree, IReadOnlyDictionary<string, Function> functions)
    {
        var sites = ImmutableArray.CreateBuilder<CallSite>();
        foreach (var node in tree.Nodes)
        {
            if (node.Op is Call call) sites.Add(Match(node, call, functions));
        }

        return sites.ToImmutable();
    }

    private static CallSite Match(Node node, Call call, IReadOnlyDictionary<string, Function> functions)
    {
        if (!functions.TryGetValue(call.Callee, out var callee)) throw new InvalidOperationException("No function " + call.Callee + " in the file.");
        var values = new Queue<Value>(call.Values);
        var operands = new Queue<Operand>(call.Args);
        var returned = callee.Returns is null ? null : values.Dequeue();
        var arguments = ImmutableArray.CreateBuilder<CallArgument>();
        foreach (var parameter in callee.Parameters)
        {
            var input = parameter.Mode == ParameterMode.Out ? null : operands.Dequeue();
            var output = parameter.IsResult && parameter.Value.Type is not TapeType ? values.Dequeue() : null;
            arguments.Add(new CallArgument(parameter, input, output));
        }

        return new CallSite(node, call.Callee, returned, arguments.ToImmutable());
    }
}

internal sealed record CallArgument(Parameter Parameter, Operand? Input, Value? Output);
