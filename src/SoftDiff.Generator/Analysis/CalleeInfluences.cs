namespace SoftDiff.Generator.Analysis;

/// <summary>
/// What <see cref="Influences"/> knows of functions that are called: how their inputs, one bit each, influence what they give.
/// </summary>
internal sealed class CalleeInfluences
{
    private readonly Func<string, Function> _functions;
    private readonly Dictionary<string, Summary?> _known = new(StringComparer.Ordinal);

    /// <param name="functions">Finds a function by its name.</param>
    public CalleeInfluences(Func<string, Function> functions) => _functions = functions;

    public Summary Of(string callee)
    {
        var function = _functions(callee);
        if (_known.TryGetValue(callee, out var known)) return known ?? Summary.All(function);
        _known[callee] = null;
        var inputs = function.Inputs;
        if (inputs.Count > Influence.MostInputs) return Summary.All(function);
        var influences = new Influences(function, inputs.Select(p => new[] { (Operand)p.Value }).ToList(), this);
        var cutoffs = ((Cutoff[])Enum.GetValues(typeof(Cutoff))).Select(cutoff => (cutoff, influences.Behind(cutoff)));
        var summary = new Summary(
            function.Body.Yields.Select(influences.Of).ToImmutableArray(),
            inputs.Select(p => influences.Writes(p.Value) ? influences.Of(p.Value) : (Influence?)null).ToImmutableArray(),
            cutoffs.ToImmutableArray());
        _known[callee] = summary;
        return summary;
    }

    /// <param name="Results">What influences each result.</param>
    /// <param name="Arrays">What influences each input after the call, if it is an array that the function writes; null for others.</param>
    /// <param name="Cutoffs">The inputs that meet each cutoff.</param>
    internal sealed record Summary(
        ImmutableArray<Influence> Results, ImmutableArray<Influence?> Arrays, ImmutableArray<(Cutoff Cutoff, ulong Inputs)> Cutoffs)
    {
        /// <summary>
        /// The summary of a function that calls itself, while that is not known, or that has too many inputs: everything may have a derivative.
        /// </summary>
        public static Summary All(Function function)
        {
            var all = new Influence(ulong.MaxValue, ulong.MaxValue);
            return new(
                function.Body.Yields.Select(_ => all).ToImmutableArray(),
                function.Inputs.Select(p => p.Value.Type is ArrayType { IsReadOnly: false } ? all : (Influence?)null).ToImmutableArray(),
                ImmutableArray<(Cutoff, ulong)>.Empty);
        }

        /// <summary>The results and the arrays that a call may write, each with what influences it.</summary>
        public IEnumerable<(Operand To, Influence From)> Outputs(Call call) =>
            call.Values.Select((value, i) => ((Operand)value, Results[i]))
                .Concat(call.Args.Select((a, i) => (Array: a, From: Arrays[i])).Where(o => o.From is not null)
                    .Select(o => (o.Array, o.From!.Value)));
    }
}
