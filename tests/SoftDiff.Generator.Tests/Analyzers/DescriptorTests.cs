using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Analyzers;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>Descriptors, release files and documentation pages name the same ids.</summary>
public class DescriptorTests
{
    private const string GeneratorFolder = "src/SoftDiff.Generator";

    private static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!),
    ];

    [Fact]
    public void The_list_of_all_descriptors_is_complete() =>
        Assert.Equal(Ids(All.Select(descriptor => descriptor.Id)), Ids(Descriptors.All.Select(descriptor => descriptor.Id)));

    [Fact]
    public void The_analyzer_supports_all_but_internal_errors() =>
        Assert.Equal(
            Ids(All.Select(descriptor => descriptor.Id).Where(id => !id.StartsWith("SD9", StringComparison.Ordinal))),
            Ids(new DifferentiableAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)));

    [Fact]
    public void Release_files_name_every_id_with_its_severity()
    {
        string text = string.Concat(Directory.GetFiles(Path.Combine(RepositoryPaths.Root, GeneratorFolder), "AnalyzerReleases.*.md").Select(File.ReadAllText));
        var released = Regex.Matches(text, @"^\s*\|?\s*(SD\d{4})\s*\|[^|]*\|\s*(\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value + " " + match.Groups[2].Value);

        Assert.Equal(Ids(All.Select(descriptor => descriptor.Id + " " + descriptor.DefaultSeverity)), Ids(released));
    }

    [Fact]
    public void Every_id_has_a_page_and_every_page_an_id()
    {
        var pages = Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "docs/diagnostics"), "SD*.md").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Ids(All.Select(descriptor => descriptor.Id)), Ids(pages!));
    }

    [Fact]
    public void Every_page_starts_with_id_and_title_and_shows_code()
    {
        foreach (DiagnosticDescriptor descriptor in All)
        {
            string page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs/diagnostics", descriptor.Id + ".md"));
            Assert.StartsWith($"# {descriptor.Id}: {descriptor.Title}\n", page.Replace("\r\n", "\n"));
            if (!descriptor.Id.StartsWith("SD9", StringComparison.Ordinal)) Assert.Contains("```csharp", page);
        }
    }

    [Fact]
    public void Every_descriptor_links_to_its_page()
    {
        foreach (DiagnosticDescriptor descriptor in All)
        {
            Assert.EndsWith($"docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri);
            Assert.Equal("SoftDiff", descriptor.Category);
        }
    }

    private static IEnumerable<string> Ids(IEnumerable<string> ids) => ids.Order(StringComparer.Ordinal);
}
