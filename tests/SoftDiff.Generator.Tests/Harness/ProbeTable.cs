using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>The README's table of the supported language, made from the probes so that it lists exactly what is tested.</summary>
internal static partial class ProbeTable
{
    public const string Begin = "<!-- probes:begin -->";
    public const string End = "<!-- probes:end -->";

    private const string Folder = "tests/SoftDiff.Generator.Tests/Probes";

    /// <summary>One row per construct, with a link to the file that tests it.</summary>
    public static string Write(ImmutableArray<Probe> probes)
    {
        StringBuilder text = new();
        text.Append("| Topic | What is supported |\n|---|---|\n");
        foreach (IGrouping<string, Probe> topic in probes.GroupBy(probe => probe.File).OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            IEnumerable<string> constructs = topic.Select(probe => probe.Construct.Replace("|", "\\|")).Distinct();
            text.Append($"| [{Spaced(topic.Key)}]({Folder}/{topic.Key}.cs) | {string.Join("; ", constructs)} |\n");
        }

        return text.ToString();
    }

    /// <summary>The text with the part between the markers replaced; at its end if it has no markers yet.</summary>
    public static string Replace(string readme, string table)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = readme.IndexOf(End, StringComparison.Ordinal);
        string section = Begin + "\n" + table;
        return begin < 0 || end < begin
            ? readme.TrimEnd('\n') + "\n\n" + section + End + "\n"
            : readme[..begin] + section + readme[end..];
    }

    private static string Spaced(string name) => WordStart().Replace(name, match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();
}
