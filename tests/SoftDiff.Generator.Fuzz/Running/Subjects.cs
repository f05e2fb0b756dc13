using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>The programs of a batch in one compilation, bound and lowered once for all settings of the passes.</summary>
internal sealed class Subjects
{
    /// <summary>The namespace above those of the programs.</summary>
    public const string Namespace = "SoftDiff.Fuzz";

    private readonly Dictionary<IMethodSymbol, LoweringResult> _lowered = new(SymbolEqualityComparer.Default);

    public Subjects(IReadOnlyList<FuzzProgram> programs)
    {
        Compilation = GeneratorHarness.Compile(
            CompilationSettings.Default with { AssemblyName = "Drawn" },
                [.. programs.Select((program, number) => program.Source(Namespace, number))]);
        All = [.. programs.Select((program, number) => new Subject(program, number, Compilation.SyntaxTrees[number]))];
        foreach (Subject subject in All) Bind(subject);
    }

    public CSharpCompilation Compilation { get; }

    public IReadOnlyList<Subject> All { get; }

    public IEnumerable<Subject> Open => All.Where(subject => subject.IsOpen);

    /// <summary>The frontend, run once for each method of the batch.</summary>
    public LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        if (!_lowered.TryGetValue(method, out LoweringResult? result))
        {
            _lowered.Add(method, result = CheckedLowering.Lower(method, compilation, cancellation));
        }

        return result;
    }

    private void Bind(Subject subject)
    {
        SemanticModel model = Compilation.GetSemanticModel(subject.Tree);
        Diagnostic[] errors = [.. model.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
        {
            subject.End(Verdict.Unusable("not C#", GeneratorRun.Describe(errors.Take(3))));
            return;
        }

        var type = Compilation.GetTypeByMetadataName($"{Namespace}.{subject.Name}.{FuzzProgram.ClassName}");
        IMethodSymbol[] marked = [.. type!.GetMembers().OfType<IMethodSymbol>()
            .Where(m => m.GetAttributes().Any(a => a.AttributeClass?.Name == "DifferentiableAttribute"))];
        if (marked.Length != 1)
        {
            subject.End(Verdict.Unusable("no method", $"{marked.Length} marked methods"));
            return;
        }

        try
        {
            subject.Bind(marked[0]);
            LoweringResult lowered = Lower(marked[0], Compilation, CancellationToken.None);
            if (lowered.Module is null)
            {
                Diagnostic first = lowered.Reports.Diagnostics.OrderByDescending(d => d.Severity).First();
                subject.End(Verdict.Refused(first.Id, GeneratorRun.Describe([first])));
            }
        }
        catch (FormatException exception)
        {
            subject.End(Verdict.Unusable("no points", exception.Message));
        }
        catch (Exception exception)
        {
            subject.End(Verdict.Wrong("SD9000 in the frontend: " + exception.GetType().Name, exception.ToString()));
        }
    }
}
