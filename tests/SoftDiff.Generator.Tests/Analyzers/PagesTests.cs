using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>The code in docs/diagnostics: the first block of a page has the page's error, the second one none.</summary>
public class PagesTests
{
    /// <summary>What the examples take for granted.</summary>
    private const string Surroundings = """
        public static class Surroundings
        {
            public static readonly object Gate = new();
            public static double Scale() => 2;
            public static double BesselSlope(double x) => x;
        }

        public static class ThirdParty
        {
            [System.Runtime.InteropServices.DllImport("native")]
            public static extern double Bessel(double x);
        }
        """;

    public static TheoryData<string> Ids =>
    [
        .. Directory.GetFiles(Folder, "SD*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Where(id => id != "SD9000").Order(StringComparer.Ordinal),
    ];

    private static string Folder => Path.Combine(RepositoryPaths.Root, "docs/diagnostics");

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_cause_has_the_error_and_the_remedy_has_none(string id)
    {
        string page = File.ReadAllText(Path.Combine(Folder, id + ".md")).Replace("\r\n", "\n");
        string[] blocks = [.. Regex.Matches(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);

        Diagnostic error = Assert.Single(Analyze(blocks[0]));
        Assert.Equal(id, error.Id);
        Assert.Empty(Analyze(blocks[1]));
        Assert.Empty(Compile(blocks[1]).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private static IEnumerable<Diagnostic> Analyze(string block) => GeneratorHarness.Analyze(Sources(block));

    private static Compilation Compile(string block) => GeneratorHarness.RunUnchecked(CompilationSettings.Default, Sources(block)).Output;

    private static SourceFile[] Sources(string block)
    {
        string type = block.Contains(" class ", StringComparison.Ordinal) ? block : "public partial class Example\n{\n" + block + "}\n";
        return
        [
            new SourceFile("Test.cs", "using System;\nusing System.Collections.Generic;\nusing SoftDiff;\nusing static Surroundings;\n" + type),
            new SourceFile("Surroundings.cs", Surroundings),
        ];
    }
}
