using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Pipeline;

/// <summary>A generator driver that goes through a series of edits and says what each one made it do again.</summary>
internal sealed class TrackedDriver
{
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public TrackedDriver(params SourceFile[] sources)
        : this(new SoftDiffGenerator(), sources)
    {
    }

    public TrackedDriver(SoftDiffGenerator generator, params SourceFile[] sources)
    {
        _compilation = GeneratorHarness.Compile(CompilationSettings.Default, sources);
        _driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)_compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>What the last run gave.</summary>
    public GeneratorRunResult Result { get; private set; }

    /// <summary>Generated texts of the last run, by hint name.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The only generated text of the last run.</summary>
    public string File => Files.Single().Value;

    /// <summary>Why each output of the last run is as it is.</summary>
    public ImmutableArray<IncrementalStepRunReason> OutputReasons => Reasons(Result.TrackedOutputSteps.Values);

    /// <summary>The same for the step that turns IR into text.</summary>
    public ImmutableArray<IncrementalStepRunReason> GenerateReasons =>
        Result.TrackedSteps.TryGetValue(StepNames.Generate, out var steps) ? Reasons([steps]) : [];

    /// <summary>Replaces the text of a file and runs again.</summary>
    public TrackedDriver Edit(string path, Func<string, string> edit)
    {
        SyntaxTree tree = _compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        string before = tree.ToString();
        string after = edit(before);
        Assert.NotEqual(before, after);
        _compilation = _compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(after, (CSharpParseOptions)tree.Options, path));
        Run();
        return this;
    }

    /// <summary>Fails unless the last run took every output, and everything before it from the IR on, from the cache.</summary>
    public void AssertCached()
    {
        Assert.NotEmpty(OutputReasons);
        Assert.NotEmpty(GenerateReasons);
        Assert.All(OutputReasons.AddRange(GenerateReasons), reason =>
            Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
    }

    private void Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        Result = _driver.GetRunResult().Results.Single();
        if (Result.Exception is not null) throw new InvalidOperationException("The generator threw.", Result.Exception);
        Files = Result.GeneratedSources.ToImmutableSortedDictionary(
            source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);
    }

    private static ImmutableArray<IncrementalStepRunReason> Reasons(IEnumerable<ImmutableArray<IncrementalGeneratorRunStep>> steps) =>
        [.. steps.SelectMany(array => array).SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
