using System.Text.RegularExpressions;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Docs;

/// <summary>The generated code in docs/implicit-functions.md is that of the page's first example.</summary>
public sealed class ImplicitDocumentTests
{
    [Fact]
    public void The_page_shows_the_gradient_of_its_example()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs/implicit-functions.md")).Replace("\r\n", "\n");
        string example = Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        GeneratorRun run = GeneratorHarness.Run("using System;\nusing SoftDiff;\npublic static partial class Orbit\n{\n" + example + "}\n");
        string gradient = DesignDocumentTests.MethodText(run.Text("Orbit.EccentricAnomaly"), "EccentricAnomalyGrad");
        GeneratedSection.Verify("docs/implicit-functions.md", ("gradient", $"```csharp\n{gradient}\n```\n"));
    }
}
