using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Mutilation;

/// <summary>Whether the generator and the analyzer get through a text without an exception, whatever they say about it.</summary>
internal sealed class SurvivalCheck
{
    private static readonly string[] s_exceptionIds = ["SD9000", "AD0001", "CS8785"];

    private CSharpCompilation _compilation = GeneratorHarness.Compile(CompilationSettings.Default, "");
    private GeneratorDriver _driver;

    public SurvivalCheck()
        : this(Phases.Default)
    {
    }

    public SurvivalCheck(Phases phases) => _driver = CSharpGeneratorDriver.Create(
        [new SoftDiffGenerator(phases).AsSourceGenerator()], parseOptions: (CSharpParseOptions)_compilation.SyntaxTrees[0].Options);

    /// <summary>What was thrown, by its first line; null if nothing was. The text is an edit of the one before, as in an editor.</summary>
    public string? Complaint(string text)
    {
        SyntaxTree before = _compilation.SyntaxTrees[0];
        _compilation = _compilation.ReplaceSyntaxTree(before, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)before.Options, before.FilePath));
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        try
        {
            return diagnostics.Concat(GeneratorHarness.Analyze(output)).FirstOrDefault(d => s_exceptionIds.Contains(d.Id))?.GetMessage();
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }
}
