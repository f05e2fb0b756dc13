namespace SoftDiff.Generator.Analysis;

/// <summary>
/// What <see cref="DataDependence"/> knows of functions that are called: which results and arrays depend on the numbers in the inputs, if
/// some of the arguments do.
/// </summary>
internal sealed class CalleeDependence
{
    private readonly Func<string, Function> _functions;
    private readonly Dictionary<(string Callee, string Mask, bool IsUnsure), Summary?> _known = new();

    /// <param name="functions">Finds a function by its name.</param>
    public CalleeDependence(Func<string, Function> functions) => _functions = functions;

    /// <summary>One character for each argument of a call, 1 if it depends on the numbers.</summary>
    public static string Mask(Call call, Func<Operand, bool> isDependent) => new(call.Args.Select(a => isDependent(a) ? '1' : '0').ToArray());

    /// <summary>Which of a function's yields depend on the numbers, one after the other.</summary>
    public ImmutableArray<bool> Results(string callee, string mask, bool isUnsure) => Find(callee, mask, isUnsure).Results;

    /// <summary>The results and arguments of a call that depend on the numbers after it.</summary>
    public IEnumerable<Operand> DependentAfter(Call call, Func<Operand, bool> isDependent, bool isUnsure)
    {
        var summary = Find(call.Callee, Mask(call, isDependent), isUnsure);
        return call.Values.Where((_, i) => summary.Results[i]).Concat(call.Args.Where((_, i) => summary.Arrays[i]));
    }

    private Summary Find(string callee, string mask, bool isUnsure)
    {
        var key = (callee, mask, isUnsure);
        var function = _functions(callee);
        if (_known.TryGetValue(key, out var known)) return known ?? Summary.All(function);
        _known[key] = null;
        var inputs = function.Inputs;
        var definitions = new Definitions(function);
        var dependence = new DataDependence(function, definitions, inputs.Where((_, i) => mask[i] == '1').Select(p => p.Value), isUnsure, this);
        var summary = new Summary(
            function.Body.Yields.Select(dependence.Has).ToImmutableArray(),
            inputs.Select(p => p.Value.Type.IsStorage && dependence.Has(p.Value)).ToImmutableArray());
        _known[key] = summary;
        return summary;
    }

    /// <param name="Results">Whether each result depends on the numbers.</param>
    /// <param name="Arrays">Whether each argument is an array that does afterwards.</param>
    private sealed record Summary(ImmutableArray<bool> Results, ImmutableArray<bool> Arrays)
    {
        /// <summary>Of a function that calls itself, while that is not known.</summary>
        public static Summary All(Function function) => new(
            function.Body.Yields.Select(_ => true).ToImmutableArray(),
            function.Inputs.Select(p => p.Value.Type is ArrayType { IsReadOnly: false } or TapeType).ToImmutableArray());
    }
}
