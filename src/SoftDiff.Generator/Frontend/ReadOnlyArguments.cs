using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>An array passed to a method that may not write it, and what to say if it does.</summary>
internal sealed record ReadOnlyArgument(string Callee, int Position, Location Location, string Text, DiagnosticDescriptor Descriptor, string Instead);

/// <summary>Arrays passed to methods that may not write them. Whether one does is known when all of them are lowered.</summary>
internal sealed class ReadOnlyArguments
{
    private readonly List<ReadOnlyArgument> _arguments = new();

    public void Add(string callee, int position, SyntaxNode argument, DiagnosticDescriptor descriptor, string instead) =>
        _arguments.Add(new ReadOnlyArgument(callee, position, argument.GetLocation(), SourceLines.Short(argument), descriptor, instead));

    /// <summary>Those that are written.</summary>
    public IEnumerable<ReadOnlyArgument> Written(IReadOnlyDictionary<string, Function> functions) =>
        _arguments.Where(argument => Writes(argument.Callee, argument.Position, functions, new HashSet<(string, int)>()));

    private static bool Writes(string callee, int position, IReadOnlyDictionary<string, Function> functions, HashSet<(string, int)> seen)
    {
        if (!functions.TryGetValue(callee, out var function) || !seen.Add((callee, position))) return false;
        var arrays = new HashSet<Operand> { function.Inputs[position].Value };
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
                RuleCall call => call.Args.Where((_, i) => call.Rule.Parameters[i].IsWritten).Any(arrays.Contains),
                Call call => Enumerable.Range(0, call.Args.Length).Any(i => arrays.Contains(call.Args[i]) && Writes(call.Callee, i, functions, seen)),
                _ => false,
            };
            if (writes) return true;
        }

        return false;
    }
}
