using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>Generates and runs the companions of a batch under one setting of the passes, and ends subjects that are wrong.</summary>
internal sealed class CompanionRun(Subjects subjects, TransformVariant variant, Derivation derivation)
{
    private const string Prefix = Subjects.Namespace + ".P";

    private readonly Dictionary<int, List<SyntaxTree>> _generated = [];

    /// <summary>
    /// Generates, and runs the companions of all open subjects whose text differs from what it was in <paramref name="before"/>, which is
    /// text that has been run.
    /// </summary>
    public void Run(AssemblyLoadContext context, Dictionary<int, string>? before)
    {
        Generate();
        Subject[] changed = [.. subjects.Open.Where(
            subject => !IsExcused(subject) && (before is null || before[subject.Number] != Text(subject.Number)))];
        if (changed.Length > 0) Execute(context, changed);
    }

    /// <summary>The generated text of each subject.</summary>
    public Dictionary<int, string> Texts() => subjects.All.ToDictionary(subject => subject.Number, subject => Text(subject.Number));

    private string Text(int number) =>
        _generated.TryGetValue(number, out List<SyntaxTree>? trees)
            ? string.Join('\n', trees.Select(tree => tree.ToString()).Order(StringComparer.Ordinal)) : "";

    private void Generate()
    {
        CSharpCompilation compilation = subjects.Compilation;
        Phases phases = new(subjects.Lower, (module, cancellation) => derivation.Companions(module, variant.Options, cancellation));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SoftDiffGenerator(phases).AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        GeneratorRunResult result = driver.RunGenerators(compilation).GetRunResult().Results.Single();
        if (result.Exception is not null) throw new InvalidOperationException(
            "The generator threw, outside all methods.", result.Exception);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            string message = diagnostic.ToString();
            int number = FuzzProgram.NumberAfter(Prefix, message) ?? throw new InvalidOperationException(message);
            if (!IsExcused(subjects.All[number])) End(number, $"{diagnostic.Id} {Verdict.ExceptionIn(message)}", message);
        }

        foreach (GeneratedSourceResult source in result.GeneratedSources)
        {
            int number = FuzzProgram.NumberAfter(Prefix, source.HintName) ?? throw new InvalidOperationException(source.HintName);
            if (!_generated.TryGetValue(number, out List<SyntaxTree>? trees)) _generated.Add(number, trees = []);
            trees.Add(Assemblies.Parse("generated/" + source.HintName, derivation.Print(source.SourceText.ToString()), compilation));
        }
    }

    private void Execute(AssemblyLoadContext context, Subject[] changed)
    {
        CSharpCompilation compilation = subjects.Compilation.RemoveAllSyntaxTrees().WithAssemblyName("Companions with " + variant.Name)
            .AddSyntaxTrees(Assemblies.Parse("Support.cs", ProbeAdapter.Support, subjects.Compilation))
            .AddSyntaxTrees(Assemblies.Parse("Container.cs", ContainerSupport.Source, subjects.Compilation))
            .AddSyntaxTrees(changed.SelectMany(Trees));
        Assembly assembly = Assemblies.Load(
            context, compilation, Owner, tree => tree.FilePath.StartsWith("generated/", StringComparison.Ordinal), Blame);
        foreach (Subject subject in changed.Where(subject => subject.IsOpen))
        {
            string? complaint = null;
            Exception? thrown = Guarded.Run(() => complaint = Judge.Complaint(subject, assembly));
            if (thrown is TimeoutException) End(subject.Number, "does not end", thrown.Message);
            else if (thrown is not null) End(subject.Number, "throws " + thrown.GetType().Name, thrown.ToString());
            else if (complaint is not null) End(subject.Number, complaint[..complaint.IndexOf(':')], complaint);
        }
    }

    private IEnumerable<SyntaxTree> Trees(Subject subject)
    {
        yield return subject.Tree;
        foreach (SyntaxTree tree in _generated.GetValueOrDefault(subject.Number) ?? []) yield return tree;
        bool isInstance = Receiver.Has(subject.Shape!);
        string space = $"{Subjects.Namespace}.{subject.Name}";
        string target = $"global::{space}.{(isInstance ? Receiver.Calls : FuzzProgram.ClassName)}.{subject.Probe!.Method}";
        ImmutableHashSet<CompanionForm> forms = subject.Shape!.Result is null || subject.Shape.ResultLeaves > 0 ? [CompanionForm.Vjp, CompanionForm.Jvp]
            : [.. Enum.GetValues<CompanionForm>()];
        string adapter = ProbeAdapter.Write(subject.Name, target, subject.TypeArguments, subject.Shape, [.. subject.Probe.Points], forms);
        string types = $"using {space};\nusing static {space}.{FuzzProgram.ClassName};\n";
        if (isInstance) adapter = Receiver.Write(space, subject.Shape, forms) + adapter;
        yield return Assemblies.Parse($"adapter/{subject.Name}.cs", types + adapter, subjects.Compilation);
    }

    private static int? Owner(SyntaxTree tree) =>
        FuzzProgram.NumberAfter(Prefix, tree.FilePath) ?? FuzzProgram.NumberAfter("/P", tree.FilePath)
            ?? FuzzProgram.NumberAfter("P", tree.FilePath);

    private void Blame(int number, Diagnostic[] faults) =>
        End(number, $"generated code: {faults[0].Id}", GeneratorRun.Describe(faults.Take(3)));

    private bool IsExcused(Subject subject) => Avoided.Excuses(subject.Program, variant);

    private void End(int number, string kind, string detail) => subjects.All[number]
        .End(Verdict.Wrong(kind, $"with {variant.Name}: {detail}"));
}
