using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analysis;
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
    public IEnumerable<ReadOnlyArgument> Written(IReadOnlyCollection<Function> functions)
    {
        if (_arguments.Count == 0) return Enumerable.Empty<ReadOnlyArgument>();
        var written = new WrittenInputs(functions);
        return _arguments.Where(argument => written.Contains(argument.Callee, argument.Position));
    }
}
