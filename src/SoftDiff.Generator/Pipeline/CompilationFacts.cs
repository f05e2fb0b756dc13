using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Pipeline;

/// <summary>The settings of the user's project that generated text depends on.</summary>
/// <param name="ChecksOverflow">Integer arithmetic is checked for overflow where the code does not say otherwise.</param>
internal sealed record CompilationFacts(bool ChecksOverflow)
{
    public static CompilationFacts Of(Compilation compilation) => new(compilation.Options.CheckOverflow);
}
