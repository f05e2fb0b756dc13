using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>Static arrays passed to methods that could write them. Whether one does is known when all of them are lowered.</summary>
internal sealed class StaticArguments
{
    private readonly List<(string Callee, int Position, Location Location, string Text)> _arguments = new();

    public void Add(string callee, int position, SyntaxNode argument) =>
        _arguments.Add((callee, position, argument.GetLocation(), SourceLines.Short(argument)));

    /// <summary>Where a static array is written, and by what expression it was passed.</summary>
    public IEnumerable<(Location Location, string Text)> Written(IReadOnlyDictionary<string, Function> functions)
    {
        foreach (var (callee, position, location, text) in _arguments)
        {
            if (Writes(callee, position, functions, new HashSet<(string, int)>())) yield return (location, text);
        }
    }

    private static bool Writes(string callee, int position, IReadOnlyDictionary<string, Function> functions, HashSet<(string, int)> seen)
    {
        if (!functions.TryGetValue(callee, out var function) || !seen.Add((callee, position))) return false;
        var arrays = new HashSet<Operand> { function.Parameters.Where(p => p.Mode != ParameterMode.Out).ElementAt(position).Value };
        foreach (var op in function.Body.AllOps())
        {
            switch (op)
            {
                case View view when arrays.Contains(view.Array): arrays.Add(view.Result); break;
                case Flatten flatten when arrays.Contains(flatten.Tensor): arrays.Add(flatten.Result); break;
                case Arrange arrange when arrays.Contains(arrange.Array): arrays.Add(arrange.Result); break;
            }

            var writes = op switch
            {
                Store store => arrays.Contains(store.Array),
                Accumulate accumulate => arrays.Contains(accumulate.Array),
                Fill fill => arrays.Contains(fill.Array),
                Copy copy => arrays.Contains(copy.Destination),
                RuleCall call => call.Args.Where((_, i) => call.Rule.Parameters[i].Role == RuleRole.Destination).Any(arrays.Contains),
                Call call => Enumerable.Range(0, call.Args.Length).Any(i => arrays.Contains(call.Args[i]) && Writes(call.Callee, i, functions, seen)),
                _ => false,
            };
            if (writes) return true;
        }

        return false;
    }
}
