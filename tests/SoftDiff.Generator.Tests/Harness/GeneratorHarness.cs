using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SoftDiff.Generator.Analyzers;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>A source file of a test compilation.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public static implicit operator SourceFile(string text) => new("Test.cs", text);
}

/// <summary>Settings of a test compilation. What is not set is as in a new project.</summary>
internal sealed record CompilationSettings
{
    public static readonly CompilationSettings Default = new();

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    public bool CheckOverflow { get; init; }

    /// <summary>The preprocessor symbols that the project defines.</summary>
    public ImmutableArray<string> Symbols { get; init; } = [];

    public bool AllowUnsafe { get; init; }

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public string AssemblyName { get; init; } = "Probe";

    /// <summary>Other projects.</summary>
    public ImmutableArray<MetadataReference> References { get; init; } = [];
}

/// <summary>
/// Compiles C# in memory with the generator. Every run goes through the driver twice, the second time on a copy of the compilation,
/// and fails unless the second run took everything from the cache.
/// </summary>
internal static class GeneratorHarness
{
    /// <summary>Runs the generator; fails on any compiler error or warning before or after it, and on any diagnostic of the generator.</summary>
    public static GeneratorRun Run(params SourceFile[] sources) => Run(CompilationSettings.Default, sources);

    /// <inheritdoc cref="Run(SourceFile[])"/>
    public static GeneratorRun Run(CompilationSettings settings, params SourceFile[] sources)
    {
        GeneratorRun run = RunUnchecked(settings, sources);
        run.AssertClean();
        return run;
    }

    /// <summary>Runs the generator and leaves the diagnostics to the caller; caching is asserted all the same.</summary>
    public static GeneratorRun RunUnchecked(CompilationSettings settings, params SourceFile[] sources) =>
        RunUnchecked(settings, Verified, sources);

    /// <summary>The compiler's own functions, with the verifier after every pass.</summary>
    private static Phases Verified { get; } = new(
        CheckedLowering.Lower,
        (module, cancellation) => Companions.Generate(module, TransformOptions.Default with { Verify = true }, cancellation));

    /// <summary>The same with other functions in the place of the compiler's.</summary>
    public static GeneratorRun RunUnchecked(CompilationSettings settings, Phases phases, params SourceFile[] sources)
    {
        CSharpCompilation compilation = Compile(settings, sources);
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SoftDiffGenerator(phases).AsSourceGenerator()],
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null)
        {
            throw new InvalidOperationException("The generator threw.", result.Exception);
        }

        AssertCached(driver.RunGenerators(compilation.Clone()).GetRunResult().Results.Single());
        return new GeneratorRun(compilation, (CSharpCompilation)output, result, diagnostics);
    }

    /// <summary>A compilation of the sources without running anything.</summary>
    public static CSharpCompilation Compile(CompilationSettings settings, params SourceFile[] sources)
    {
        CSharpParseOptions parse = new(settings.LanguageVersion, preprocessorSymbols: settings.Symbols);
        return CSharpCompilation.Create(
            settings.AssemblyName,
            sources.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), parse, source.Path)),
            [.. TestReferences.All, .. settings.References],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                .WithDeterministic(true)
                .WithOptimizationLevel(OptimizationLevel.Release)
                .WithWarningLevel(9999)
                .WithNullableContextOptions(settings.Nullable)
                .WithOverflowChecks(settings.CheckOverflow)
                .WithAllowUnsafe(settings.AllowUnsafe));
    }

    /// <summary>What the analyzer reports, with the generator's output in the compilation as in a real build.</summary>
    public static ImmutableArray<Diagnostic> Analyze(params SourceFile[] sources) =>
        Analyze(RunUnchecked(CompilationSettings.Default, sources).Output);

    /// <summary>What the analyzer reports about a compilation, by position.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new DifferentiableAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> found = analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            .. found
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Compiler errors and warnings; hidden and informational ones are left out.</summary>
    public static ImmutableArray<Diagnostic> Problems(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)];

    private static void AssertCached(GeneratorRunResult second)
    {
        List<string> recomputed = [];
        foreach ((string name, ImmutableArray<IncrementalGeneratorRunStep> steps) in second.TrackedOutputSteps)
        {
            foreach ((object _, IncrementalStepRunReason reason) in steps.SelectMany(step => step.Outputs))
            {
                if (reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
                {
                    recomputed.Add($"{name}: {reason}");
                }
            }
        }

        Assert.True(recomputed.Count == 0, "A second run on an equal compilation produced outputs anew:\n" + string.Join('\n', recomputed));
    }
}

/// <summary>What one run of the generator gave.</summary>
internal sealed class GeneratorRun : IDisposable
{
    private AssemblyLoadContext? _context;

    public GeneratorRun(
        CSharpCompilation input,
        CSharpCompilation output,
        GeneratorRunResult result,
        ImmutableArray<Diagnostic> generatorDiagnostics)
    {
        Input = input;
        Output = output;
        Result = result;
        GeneratorDiagnostics = generatorDiagnostics;
        Generated = result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
    }

    public CSharpCompilation Input { get; }

    public CSharpCompilation Output { get; }

    public GeneratorRunResult Result { get; }

    public ImmutableArray<Diagnostic> GeneratorDiagnostics { get; }

    /// <summary>Generated texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Generated { get; }

    /// <summary>The one generated text whose hint name contains a part.</summary>
    public string Text(string hintPart) => Generated.Single(entry => entry.Key.Contains(hintPart, StringComparison.Ordinal)).Value;

    /// <summary>Fails on any compiler error or warning, and on any diagnostic of the generator.</summary>
    public void AssertClean()
    {
        ImmutableArray<Diagnostic> problems = [.. GeneratorDiagnostics, .. GeneratorHarness.Problems(Output)];
        Assert.True(problems.IsEmpty, Describe(problems));
    }

    /// <summary>The compiled output, in a context that can be unloaded.</summary>
    public System.Reflection.Assembly Load() => Load(Output);

    /// <summary>Compiles and loads the output with more files added to it.</summary>
    public System.Reflection.Assembly Load(params SourceFile[] more)
    {
        var options = (CSharpParseOptions)Output.SyntaxTrees[0].Options;
        return Load(Output.AddSyntaxTrees(
            more.Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8), options, source.Path))));
    }

    /// <summary>Compiles and loads a compilation derived from the output.</summary>
    public System.Reflection.Assembly Load(Compilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(image);
        Assert.True(emitted.Success, Describe(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        _context ??= new AssemblyLoadContext("Probe", isCollectible: true);
        return _context.LoadFromStream(image);
    }

    /// <summary>The method named <paramref name="name"/> of the type, which must have only one.</summary>
    public static System.Reflection.MethodInfo Method(System.Reflection.Assembly assembly, string type, string name) =>
        assembly.GetType(type, throwOnError: true)!.GetMethod(
            name,
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
        ?? throw new MissingMethodException(type, name);

    /// <summary>Diagnostics with the line they point at, for messages.</summary>
    public static string Describe(IEnumerable<Diagnostic> diagnostics)
    {
        StringBuilder text = new();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            text.AppendLine(diagnostic.ToString());
            if (diagnostic.Location.SourceTree is { } tree)
            {
                SourceText source = tree.GetText();
                text.Append("    ").AppendLine(source.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString().Trim());
            }
        }

        return text.ToString();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Dispose()
    {
        _context?.Unload();
        _context = null;
    }
}
