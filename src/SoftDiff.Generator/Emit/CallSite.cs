namespace SoftDiff.Generator.Emit;

/// <summary>
/// A call of a function of the same file, with its results matched to the callee's parameters. A <see cref="ParallelCall"/> has its count in the place of
/// the two ends of a part.
/// </summary>
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
            if (node.Op is Call call) sites.Add(Match(node, call.Callee, call.Values, call.Args, functions));
            if (node.Op is FindPattern find) sites.Add(Match(node, find.Callee, find.Results, find.Args, functions));
            if (node.Op is LaneCall lanes)
            {
                var next = new Value(-1, ScalarType.Int32, "");
                sites.Add(Match(node, lanes.Callee, ImmutableArray.Create(next), lanes.Args.Insert(0, lanes.Count).Insert(0, lanes.Count), functions));
            }

            if (node.Op is ParallelCall parts)
            {
                sites.Add(Match(node, parts.Callee, parts.Results, parts.Args.Insert(0, parts.Count).Insert(0, parts.Count), functions));
            }
        }

        return sites.ToImmutable();
    }

    private static CallSite Match(
        Node node, string name, ImmutableArray<Value> results, ImmutableArray<Operand> args, IReadOnlyDictionary<string, Function> functions)
    {
        if (!functions.TryGetValue(name, out var callee)) throw new InvalidOperationException("No function " + name + " in the file.");
        var values = new Queue<Value>(results);
        var operands = new Queue<Operand>(args);
        var returned = callee.Returns is null ? null : values.Dequeue();
        var arguments = ImmutableArray.CreateBuilder<CallArgument>();
        foreach (var parameter in callee.Parameters)
        {
            var input = parameter.Mode == ParameterMode.Out ? null : operands.Dequeue();
            var output = parameter.IsResult && parameter.Value.Type is not TapeType ? values.Dequeue() : null;
            arguments.Add(new CallArgument(parameter, input, output));
        }

        return new CallSite(node, name, returned, arguments.ToImmutable());
    }
}

internal sealed record CallArgument(Parameter Parameter, Operand? Input, Value? Output);
