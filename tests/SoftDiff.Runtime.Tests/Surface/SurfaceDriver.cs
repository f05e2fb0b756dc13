using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Runtime.Build;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>Runs the generator on sources in memory, warnings and missing documentation counted as errors.</summary>
internal sealed class SurfaceDriver
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    /// <summary>The framework and the assemblies of this project.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(
        [new SurfaceGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private CSharpCompilation _input;

    public SurfaceDriver(params string[] sources)
    {
        var usings = "global using System; global using System.Collections.Generic; global using System.Numerics;";
        _input = CSharpCompilation.Create(
            "Toys",
            sources.Append(usings).Select((text, i) => Tree(text, $"Source{i}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Run();
    }

    public Compilation Output { get; private set; } = null!;

    public GeneratorRunResult Result { get; private set; }

    /// <summary>What the generator and the compiler have to say, hidden messages aside.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; private set; } = [];

    public IEnumerable<string> Files => Result.GeneratedSources.Select(s => s.HintName);

    public string Text(string file) => Result.GeneratedSources.Single(s => s.HintName == file).SourceText.ToString();

    /// <summary>Edits one of the sources and runs again.</summary>
    public void Edit(int source, Func<string, string> edit)
    {
        var old = _input.SyntaxTrees[source];
        _input = _input.ReplaceSyntaxTree(old, Tree(edit(old.ToString()), old.FilePath));
        Run();
    }

    /// <summary>How often each reason was given for the outputs of a step of the last run.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
        Result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    public Assembly Load()
    {
        Assert.True(Problems.Count == 0, string.Join("\n", Problems));
        using var image = new MemoryStream();
        Assert.True(Output.Emit(image).Success);
        image.Position = 0;
        return new AssemblyLoadContext("Toys", isCollectible: true).LoadFromStream(image);
    }

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_input, out var output, out var diagnostics);
        Output = output;
        Result = _driver.GetRunResult().Results.Single();
        if (Result.Exception is { } exception) throw new InvalidOperationException("The generator threw.", exception);
        Problems = [.. diagnostics, .. output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];
    }

    private static SyntaxTree Tree(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Parse, path);
}
