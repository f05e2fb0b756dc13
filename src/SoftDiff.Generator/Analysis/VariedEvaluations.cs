namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the expressions about objects that get a number which depends on a differentiated input, in all functions of a module. (A least
/// fixed point over the inputs that vary.)
/// </summary>
internal sealed class VariedEvaluations
{
    private readonly Dictionary<string, Function> _callees;
    private readonly Dictionary<Function, HashSet<Parameter>> _inputs = new(ByReference<Function>.Instance);
    private readonly Queue<Function> _open = new();

    private VariedEvaluations(Module module) => _callees = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static ImmutableArray<Evaluate> Of(Module module)
    {
        var functions = module.Callees.Insert(0, module.Root);
        if (!functions.Any(f => f.Body.AllOps().Any(op => op is Evaluate { Site: >= 0 }))) return ImmutableArray<Evaluate>.Empty;
        var search = new VariedEvaluations(module);
        var varied = new VariedInputs(module);
        foreach (var function in functions) search.Add(function, varied.Of(function));
        var found = new Dictionary<Function, ImmutableArray<Evaluate>>(ByReference<Function>.Instance);
        while (search._open.Count > 0)
        {
            var function = search._open.Dequeue();
            found[function] = search.Visit(function);
        }

        return functions.Where(found.ContainsKey).SelectMany(f => found[f]).ToImmutableArray();
    }

    private void Add(Function function, IEnumerable<Parameter> varied)
    {
        if (!_inputs.TryGetValue(function, out var inputs)) _inputs[function] = inputs = new HashSet<Parameter>();
        var count = inputs.Count;
        inputs.UnionWith(varied);
        if (inputs.Count > count && !_open.Contains(function)) _open.Enqueue(function);
    }

    private ImmutableArray<Evaluate> Visit(Function function)
    {
        var activity = ConstantInputs.Varying(function, _inputs[function]);
        foreach (var call in function.Body.AllOps().OfType<Call>())
        {
            var callee = _callees[call.Callee];
            Add(callee, callee.Inputs.Where((_, i) => activity.IsVaried(call.Args[i])));
        }

        return function.Body.AllOps().OfType<Evaluate>().Where(op => op.Site >= 0 && op.Args.Any(activity.IsVaried)).ToImmutableArray();
    }
}
