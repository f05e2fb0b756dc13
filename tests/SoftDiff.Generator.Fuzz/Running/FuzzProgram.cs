using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>
/// A drawn program: one method <c>F</c> marked <c>[Differentiable]</c>, under the <c>//?</c> lines of a probe, and the members that it
/// uses. So a failing program can
/// be pasted into a file of probes as it is.
/// </summary>
/// <param name="Kind">What it was drawn for.</param>
/// <param name="Members">The members of its class.</param>
internal sealed record FuzzProgram(string Kind, string Members)
{
    /// <summary>The class of a program.</summary>
    public const string ClassName = "Drawn";

    private const string Usings =
        "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Numerics;\nusing System.Numerics.Tensors;\nusing SoftDiff;\n\n";

    /// <summary>How the class, or the struct, is declared.</summary>
    public string Head { get; init; } = "public static partial class";

    /// <summary>Whether its derivatives are by intention not those of its text.</summary>
    public bool StopsGradients => Members.Contains("StopGradient", StringComparison.Ordinal) || Members.Contains("StraightThrough", StringComparison.Ordinal);

    /// <summary>The program as a file; the namespace tells the programs of one compilation apart.</summary>
    public SourceFile Source(string space, int number) =>
        new($"{Space(number)}.cs",
            $"{Usings}namespace {space}.{Space(number)};\n\n{Head} {ClassName}\n{{\n{Members}\n}}\n");

    /// <summary>The last part of the namespace of a program.</summary>
    public static string Space(int number) => FormattableString.Invariant($"P{number:000}");

    /// <summary>
    /// The number that follows the first occurrence of <paramref name="prefix"/>, which is that of a program; null if there is none.
    /// </summary>
    public static int? NumberAfter(string prefix, string text)
    {
        int at = text.IndexOf(prefix, StringComparison.Ordinal);
        if (at < 0) return null;
        int digits = at + prefix.Length;
        return digits + 3 <= text.Length && int.TryParse(text.AsSpan(digits, 3), out int number) ? number : null;
    }
}
