using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>
/// Calls that read and write one array. The library works in place, so a user may call it so. The derivative of a body takes arrays that do not
/// overlap, so its calls get copies of what they read.
/// </summary>
internal static class SharedArguments
{
    /// <summary>The arguments of a call, with copies of arrays that it reads if it also writes them.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="isWritten">Whether the call writes an argument, by its position.</param>
    /// <param name="definitions">Where the arguments are defined.</param>
    /// <param name="into">Takes the copies.</param>
    public static ImmutableArray<Operand> Apart(
        ImmutableArray<Operand> args, Func<int, bool> isWritten, Definitions definitions, BlockBuilder into)
    {
        var written = new HashSet<Operand>(args.Where((_, i) => isWritten(i)).Select(definitions.Root));
        bool IsShared(Operand arg, int i) => arg.Type is ArrayType && !isWritten(i) && written.Contains(definitions.Root(arg));
        return args.Select((arg, i) => IsShared(arg, i) ? ArrayCode.CopyOf(arg, into) : arg).ToImmutableArray();
    }
}
