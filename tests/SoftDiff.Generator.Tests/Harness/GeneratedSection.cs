namespace SoftDiff.Generator.Tests.Harness;

/// <summary>
/// A part of a page in docs that a test writes. It stands between two marks, <c>&lt;!-- name:begin --&gt;</c> and <c>&lt;!-- name:end --&gt;</c>. The test
/// fails if the page differs from what it would write; with the environment variable SOFTDIFF_UPDATE_DOCS=1 it writes the page instead.
/// </summary>
internal static class GeneratedSection
{
    public const string Variable = "SOFTDIFF_UPDATE_DOCS";

    /// <summary>Compares the sections of a page, named by its path in the repository, with the given texts.</summary>
    public static void Verify(string page, params (string Name, string Text)[] sections)
    {
        string path = Path.Combine(RepositoryPaths.Root, page);
        string found = File.ReadAllText(path).Replace("\r\n", "\n");
        string wanted = sections.Aggregate(found, (text, section) => Replace(text, section.Name, section.Text));
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(path, wanted);
            return;
        }

        Assert.True(found == wanted, $"{page} is not what the test writes. Run it with {Variable}=1 and read the changes.\n" + Snapshot.Diff(found, wanted));
    }

    /// <summary>The page with the text between the marks replaced.</summary>
    public static string Replace(string page, string name, string text)
    {
        string begin = $"<!-- {name}:begin -->";
        int start = page.IndexOf(begin, StringComparison.Ordinal);
        int end = page.IndexOf($"<!-- {name}:end -->", StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"The page has no section '{name}'.");
        return page[..start] + begin + "\n" + text + page[end..];
    }
}
