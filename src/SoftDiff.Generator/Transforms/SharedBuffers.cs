using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Makes sure that no call passes the same storage twice if the callee may write it. Input: a module after inlining. Output: the same
/// module, in which such a call goes to a copy of the callee. The copy takes the buffer once and the position of each array in it. Its
/// views of one buffer are known to overlap, while parameters are assumed not to.
/// </summary>
internal sealed class SharedBuffers
{
    private readonly Dictionary<string, Function> _functions;
    private readonly Queue<Function> _pending = new();
    private readonly Dictionary<string, Function> _done = new(StringComparer.Ordinal);

    private SharedBuffers(Module module) => _functions = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Module Run(Module module)
    {
        if (!CallGraph.CallsOf(module.Root).Any()) return module;
        var pass = new SharedBuffers(module);
        foreach (var callee in module.Callees) pass._pending.Enqueue(callee);
        var root = pass.Rewrite(module.Root);
        while (pass._pending.Count > 0)
        {
            var function = pass._pending.Dequeue();
            pass._done[function.Name] = pass.Rewrite(function);
        }

        return module with { Root = root, Callees = pass._done.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray() };
    }

    private Function Rewrite(Function function)
    {
        var definitions = new Definitions(function);
        var overlaps = function.Body.AllOps().OfType<Call>().Any(call => Groups(call, definitions).Any());
        return overlaps ? function with { Body = Rewrite(function.Body, definitions, new ValueSource(function.MaxId() + 1)) } : function;
    }

    private Block Rewrite(Block block, Definitions definitions, ValueSource values)
    {
        var ops = new BlockBuilder(values);
        foreach (var op in block.Ops)
        {
            switch (op)
            {
                case Call call when Groups(call, definitions) is { Count: > 0 } groups:
                    ops.Line = call.Line;
                    ops.Add(Rewrite(call, groups, definitions, ops));
                    break;
                default:
                    ops.Add(op.MapBlocks(inner => Rewrite(inner, definitions, values)));
                    break;
            }
        }

        return ops.Build(block.Yields);
    }

    /// <summary>Groups of arguments (by position) that share storage, if the callee may write one of them.</summary>
    private List<List<int>> Groups(Call call, Definitions definitions)
    {
        var inputs = _functions[call.Callee].Inputs;
        return Enumerable.Range(0, inputs.Count)
            .Where(i => inputs[i].Value.Type is ArrayType)
            .GroupBy(i => definitions.Root(call.Args[i]))
            .Select(group => group.ToList())
            .Where(group => group.Count > 1 && group.Any(i => inputs[i].Value.Type is ArrayType { IsReadOnly: false }))
            .ToList();
    }

    private Call Rewrite(Call call, List<List<int>> groups, Definitions definitions, BlockBuilder block)
    {
        var args = call.Args.Where((_, i) => !groups.Any(group => group.Contains(i))).ToList();
        foreach (var group in groups)
        {
            args.Add(Buffer(call.Args[group[0]], definitions));
            foreach (var array in group.Select(position => call.Args[position]))
            {
                args.Add(Start(array, definitions, block));
                args.Add(block.Length(array));
                if (array.Type is ArrayType { IsTensor: true }) args.Add(block.Lengths(array));
            }
        }

        return call with { Callee = Copy(_functions[call.Callee], groups), Args = args.ToImmutableArray() };
    }

    /// <summary>The buffer in which an array lies: all elements where that is a tensor, a matrix or an array of arrays.</summary>
    private static Operand Buffer(Operand array, Definitions definitions)
    {
        while (Shared(array, definitions) is { } shared)
        {
            if (shared.Type is ArrayType { IsContainer: true } && Shared(shared, definitions) is null) break;
            array = shared;
        }

        return array;
    }

    /// <summary>Where in its buffer an array begins.</summary>
    private static Operand Start(Operand array, Definitions definitions, BlockBuilder block)
    {
        Operand start = new IntegerConstant(ScalarType.Int32, 0);
        for (var at = array; Shared(at, definitions) is { } shared; at = shared)
        {
            if (definitions[(Value)at].Op is not View view) continue;
            start = start is IntegerConstant { Number: 0 } ? view.Start : block.Compute(ScalarType.Int32, Opcode.Add, view.Start, start);
        }

        return start;
    }

    /// <summary>The array of which an array is a view; null for an array with storage of its own.</summary>
    private static Operand? Shared(Operand array, Definitions definitions)
    {
        if (array is not Value value || !definitions.TryGet(value, out var definition)) return null;
        return definition.Op?.Viewed;
    }

    /// <summary>The name of the callee's copy in which the arrays of each group are views of one parameter.</summary>
    private string Copy(Function callee, List<List<int>> groups)
    {
        var name = callee.Name + "Shared" + string.Concat(groups.Select(group => "_" + string.Join("_", group)));
        if (_functions.ContainsKey(name)) return name;

        var values = new ValueSource(callee.MaxId() + 1);
        var inputs = callee.Inputs;
        var parameters = callee.Parameters.Where(p => !groups.Any(group => group.Any(i => ReferenceEquals(inputs[i], p)))).ToList();
        var views = new List<Op>();
        foreach (var group in groups)
        {
            var element = ((ArrayType)inputs[group[0]].Value.Type).Element;
            var buffer = values.Fresh(new ArrayType(element, ArrayForm.Span), "shared");
            parameters.Add(new Parameter(buffer, ParameterMode.Value, Wrt: true));
            foreach (var array in group.Select(i => inputs[i].Value))
            {
                var (start, count) = (values.Fresh(ScalarType.Int32, array.Name + "Start"), values.Fresh(ScalarType.Int32, array.Name + "Length"));
                parameters.Add(new Parameter(start, ParameterMode.Value, Wrt: false));
                parameters.Add(new Parameter(count, ParameterMode.Value, Wrt: false));
                if (array.Type is not ArrayType { IsTensor: true } tensor)
                {
                    views.Add(new View(array, buffer, start, count));
                    continue;
                }

                var (elements, lengths) = (values.Fresh(tensor.AsSpan(), array.Name + "Elements"), values.Fresh(ArrayType.Lengths, array.Name + "Lengths"));
                parameters.Add(new Parameter(lengths, ParameterMode.Value, Wrt: false));
                views.Add(new View(elements, buffer, start, count));
                views.Add(new Arrange(array, elements, ImmutableArray.Create<Operand>(lengths)));
            }
        }

        // The views may overlap. Derivatives of the copy take that into account, so the check that they are disjoint goes.
        bool IsShared(Op op) => op is RequireDisjoint require
            && groups.Any(group => group.Any(i => inputs[i].Value.Equals(require.First)) && group.Any(i => inputs[i].Value.Equals(require.Second)));
        var copy = Signatures.WithDistinctNames(callee with
        {
            Name = name,
            Parameters = parameters.ToImmutableArray(),
            Body = callee.Body with { Ops = callee.Body.Ops.RemoveAll(IsShared).InsertRange(0, views) },
        });
        _functions.Add(name, copy);
        _pending.Enqueue(copy);
        return name;
    }
}
