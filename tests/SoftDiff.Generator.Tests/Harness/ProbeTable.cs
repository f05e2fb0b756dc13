using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>The list of constructs in docs/language.md. It is made from the probes, so it lists exactly what is tested.</summary>
internal static partial class ProbeTable
{
    /// <summary>The marks between which the list stands.</summary>
    public const string Section = "probes";

    private const string Folder = "../tests/SoftDiff.Generator.Tests/Probes";

    /// <summary>One heading per file of probes, with a link to it, and one line per construct.</summary>
    public static string Write(ImmutableArray<Probe> probes)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, Probe> topic in probes.GroupBy(probe => probe.File).OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            text.Append($"\n### [{Spaced(topic.Key)}]({Folder}/{topic.Key}.cs)\n\n");
            foreach (string construct in topic.Select(probe => probe.Construct).Distinct())
            {
                text.Append($"- {construct}\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static string Spaced(string name) => WordStart().Replace(name, match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
