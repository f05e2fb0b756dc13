using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Fuzz.Declared;
using SoftDiff.Generator.Fuzz.Drawing;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>
/// Declares transformations of every program, in the program's own text, and compares them: products with the Hessian with differences of
/// gradients,
/// Jacobians with pullbacks, batches with loops, high derivatives with nested ones.
/// </summary>
internal sealed class TransformationsCheck : ICheck
{
    private readonly Func<FuzzProgram, IReadOnlyList<IDeclaredForm>> _forms;

    private const string Prefix = Subjects.Namespace + ".P";

    private static readonly Phases s_phases = new(
        CheckedLowering.Lower,
        (module, cancellation) => Companions.Generate(module, TransformOptions.Default with { Verify = true }, cancellation));

    public TransformationsCheck() => _forms = DeclaredForms.Drawn;

    private TransformationsCheck(IReadOnlyList<IDeclaredForm> forms) => _forms = _ => forms;

    public string Name => "transformations";

    /// <summary><see cref="Declarations"/> knows numbers and buffers of them.</summary>
    public bool Suits(Kind kind) => !kind.HasTrees;

    public IReadOnlyList<Verdict> Run(IReadOnlyList<FuzzProgram> programs)
    {
        Subjects subjects = new(programs);
        AssemblyLoadContext context = new("Drawn", isCollectible: true);
        try
        {
            // A program that is no subject for derivatives is none for transformations.
            ReferenceRun.Run(subjects, context);
            Subject[] open = [.. subjects.Open];
            if (open.Length > 0 && Compile(subjects, open, context) is { } assembly)
            {
                foreach (Subject subject in open.Where(subject => subject.IsOpen)) Judge(subject, assembly);
            }
        }
        finally
        {
            context.Unload();
        }

        return [.. subjects.All.Select(subject => subject.Verdict ?? Verdict.Right)];
    }

    /// <summary>Only the form that showed the fault.</summary>
    public ICheck Narrowed(Verdict verdict)
    {
        IDeclaredForm[] found = [.. DeclaredForms.All.Where(form => verdict.Kind.StartsWith(form.Name, StringComparison.Ordinal))];
        return found.Length == 0 ? this : new TransformationsCheck(found);
    }

    private Assembly Compile(Subjects subjects, Subject[] open, AssemblyLoadContext context)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(
            CompilationSettings.Default with { AssemblyName = "Transformed" }, [.. open.Select(WithDeclarations)]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SoftDiffGenerator(s_phases).AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null) throw new InvalidOperationException("The generator threw, outside all methods.",
            result.Exception);
        foreach (string message in result.Diagnostics.Select(diagnostic => diagnostic.ToString()))
        {
            int number = FuzzProgram.NumberAfter(Prefix, message) ?? throw new InvalidOperationException(message);
            subjects.All[number].End(Verdict.Wrong($"SD9000 {Verdict.ExceptionIn(message)}", message));
        }

        CSharpCompilation whole = ((CSharpCompilation)output)
            .AddSyntaxTrees(Assemblies.Parse("Support.cs", DeclaredAdapter.Support, compilation))
            .AddSyntaxTrees(open.Where(subject => subject.IsOpen).Select(
                subject => Assemblies.Parse($"adapter/{subject.Name}.cs", DeclaredAdapter.Write(subject, Methods(subject)), compilation)));
        return Assemblies.Load(
            context, whole, Owner, _ => false,
            (number, faults) => subjects.All[number].End(Verdict.Wrong($"code: {faults[0].Id}", GeneratorRun.Describe(faults.Take(3)))));
    }

    private SourceFile WithDeclarations(Subject subject)
    {
        string declarations = string.Join("\n", Methods(subject).Select(method => method.Text(subject.TypeArguments.Length > 0)));
        return (subject.Program with { Members = subject.Program.Members + "\n\n" + declarations }).Source(Subjects.Namespace,
            subject.Number);
    }

    private IEnumerable<DeclaredMethod> Methods(Subject subject) =>
        _forms(subject.Program).SelectMany(form => form.Methods(new Declarations(subject.Shape!))).DistinctBy(method => method.Name);

    /// <summary>A wrong derivative counts before one that is refused, and that before a kink.</summary>
    private void Judge(Subject subject, Assembly assembly)
    {
        Type adapter = assembly.GetType($"{DeclaredAdapter.Namespace}.{subject.Name}", throwOnError: true)!;
        Verdict? refused = null, kink = null;
        for (int point = 0; point < subject.Probe!.Points.Length; point++)
        {
            PointCalls calls = new(subject, point, adapter);
            foreach (IDeclaredForm form in _forms(subject.Program).Where(form => form.Methods(calls.Declared).Any()))
            {
                string? complaint = null;
                Exception? thrown = Guarded.Run(() =>
                    complaint = form.Complaint(calls, () => kink = Verdict.Kink($"{form.Name} at {calls.Line}")));
                if (thrown is NotSupportedException) refused ??= Verdict.Refused($"{form.Name}: {thrown.Message}", calls.Line);
                else if (thrown is not null) subject.End(
                    Verdict.Wrong($"{form.Name} throws {thrown.GetType().Name}", $"{thrown}\n    at {calls.Line}"));
                else if (complaint is not null) subject.End(
                    Verdict.Wrong(complaint[..complaint.IndexOf(':')], $"{complaint}\n    at {calls.Line}"));
            }
        }

        if ((refused ?? kink) is { } verdict) subject.End(verdict);
    }

    private static int? Owner(SyntaxTree tree) =>
        FuzzProgram.NumberAfter(Prefix, tree.FilePath) ?? FuzzProgram.NumberAfter("/P", tree.FilePath) ?? FuzzProgram.NumberAfter("P",
            tree.FilePath);
}
