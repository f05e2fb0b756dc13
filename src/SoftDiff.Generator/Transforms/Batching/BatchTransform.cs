using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Batching;

/// <summary>
/// Runs a function on a batch of examples. Input: a module. Output: a module whose root takes the number of examples and, for every parameter that is not
/// shared, one row for each example; it loops over the examples and calls the old root, now a callee, on their rows. It is ordinary IR, so it can be
/// inlined, differentiated and batched again. (JAX's vmap has the same meaning; here the loop stays a loop.)
/// </summary>
internal sealed class BatchTransform
{
    private readonly Module _module;
    private readonly string _name;

    private BatchTransform(Module module, string name)
    {
        _module = module with { Root = module.Root with { Name = name } };
        _name = name;
    }

    /// <param name="module">The function and what it calls.</param>
    /// <param name="shared">Positions of the root's parameters that are the same for all examples.</param>
    /// <param name="name">The name of the new root.</param>
    /// <param name="parallel">Whether the examples are split over the cores. Such a root is printed, but not differentiated.</param>
    /// <param name="batch">The name of the number of examples.</param>
    /// <param name="values">The name of the span for what the root returns.</param>
    /// <exception cref="ArgumentException">A parameter is shared although the function writes it.</exception>
    public static Module Apply(
        Module module, IReadOnlyCollection<int> shared, string name, bool parallel, string batch = "batch", string values = "values") =>
        new BatchTransform(module, name).Apply(module.Root, shared, parallel, (batch, values));

    private Module Apply(Function primal, IReadOnlyCollection<int> shared, bool parallel, (string Batch, string Values) names)
    {
        var functions = Named(primal, out var example);
        if (primal.Parameters.Where((p, i) => p.Value.Type is ArrayType { Form: ArrayForm.Array } && !shared.Contains(i)).Any())
        {
            functions = SpanParameters.Run(functions.Add(example));
            example = functions[functions.Length - 1];
            functions = functions.RemoveAt(functions.Length - 1);
        }

        var written = new WrittenInputs(functions.Add(example));
        var (callee, checks) = EntryChecks.Split(example);
        callee = ByContent(callee with { Name = primal.Name }) with { StaysCall = callee.PrimalResults < callee.Body.Yields.Length };
        var signature = BatchSignature.Of(primal, example, shared, position => written.Contains(example.Name, position), names);
        var code = new BatchLoop(signature, callee);
        code.Check(checks);
        var loop = code.Loop();
        var added = ImmutableArray.Create(callee);
        if (parallel)
        {
            var part = ByContent(code.Outline(loop, primal.Name + "Examples"));
            added = added.Add(part);
            code.AddInParts(loop, part);
        }
        else
        {
            code.Add(loop);
        }

        var root = new Function(_name, signature.Parameters(), null, code.Build());
        return WithReachable(root, functions.AddRange(added));
    }

    /// <summary>The functions that the root may call, and the root itself, under names that say what they do: equal names are equal functions.</summary>
    private ImmutableArray<Function> Named(Function primal, out Function example)
    {
        var names = new DerivedCallees(_module);
        example = PlainCalls.Rename(primal, names);
        return _module.Callees.Select(f => Signatures.WithDistinctNames(PlainCalls.Rename(f, names)) with
        {
            Name = names.Name(new Variant(VariantKind.Primal, f.Name, "")),
            IsNamedByContent = true,
        }).GroupBy(f => f.Name, StringComparer.Ordinal).Select(equal => equal.First()).ToImmutableArray();
    }

    /// <summary>The function with a hash of its text in its name. Names of its callees say what those do.</summary>
    private Function ByContent(Function function)
    {
        var hash = DerivedCallees.Hash(IrText.Print(function));
        return function with { Name = (_module.IsGeneric ? _name + "_" : "") + function.Name + "_" + hash, IsNamedByContent = true };
    }

    private Module WithReachable(Function root, ImmutableArray<Function> functions)
    {
        var called = CallGraph.Reachable(root, functions.ToDictionary(f => f.Name, StringComparer.Ordinal)).ToList();
        var callees = called.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var body in NestedRules.Bodies(called.Prepend(root), _module)) callees[body.Name] = body;
        return new Module(root, callees.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToImmutableArray()) { IsGeneric = _module.IsGeneric };
    }
}
