using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>A probe after compilation.</summary>
/// <param name="Problem">Why it cannot be checked, or null.</param>
/// <param name="Reported">What the analyzer says about it; usually the reason if it has no derivative.</param>
/// <param name="GeneratedFiles">Where its generated code was written for reading.</param>
/// <param name="Points">One entry per point; empty if there is a problem.</param>
internal sealed record CompiledProbe(
    Probe Probe,
    string? Problem,
    string Reported,
    ImmutableArray<string> GeneratedFiles,
    ImmutableArray<Derivatives> Points);

/// <summary>
/// All probes in one compilation. A probe whose companions are missing, have another shape or do not compile is taken out with its
/// generated file, so that it fails alone.
/// </summary>
internal sealed class ProbeSuite
{
    private static readonly Lazy<ProbeSuite> Lazily = new(() => new ProbeSuite(Probe.EmbeddedSources, CompilationSettings.Default, "generated"));

    private readonly string _folder;

    private readonly Dictionary<string, CompiledProbe> _compiled = new(StringComparer.Ordinal);

    /// <summary>The suite of the embedded probe files, compiled on first use.</summary>
    public static ProbeSuite Shared => Lazily.Value;

    /// <param name="sources">The probe files.</param>
    /// <param name="settings">The settings of the project they are compiled in.</param>
    /// <param name="folder">Where the generated files are written for reading, beside the tests.</param>
    public ProbeSuite(ImmutableArray<SourceFile> sources, CompilationSettings settings, string folder)
    {
        _folder = Path.Combine(AppContext.BaseDirectory, folder);
        Probes = [.. sources.SelectMany(source => Probe.Parse(source))];
        Run = GeneratorHarness.RunUnchecked(settings, [.. sources]);
        AnalyzerDiagnostics = GeneratorHarness.Analyze(Run.Output);
        Compile(Prepare);
    }

    /// <summary>A suite of companions of companions: each probe's <paramref name="of"/>, taken for a method of its own.</summary>
    public ProbeSuite(ImmutableArray<SourceFile> sources, CompanionForm of, GeneratorRun run)
    {
        _folder = Path.Combine(AppContext.BaseDirectory, "generated-nested");
        Probes = [.. sources.SelectMany(source => Probe.Parse(source))];
        // Assemblies of one run share a context, which holds one version of the probes.
        Run = new GeneratorRun(run.Input, run.Output, run.Result, run.GeneratorDiagnostics);
        AnalyzerDiagnostics = [];
        Compile((compilation, probe, number) => Prepare(compilation, probe, number, of));
    }

    public ImmutableArray<Probe> Probes { get; }

    public GeneratorRun Run { get; }

    public ImmutableArray<Diagnostic> AnalyzerDiagnostics { get; }

    public CompiledProbe this[string id] => _compiled[id];

    private sealed record Candidate(Probe Probe, string Class, IMethodSymbol? Method, MethodShape? Shape, ImmutableArray<SyntaxTree> Trees, string? Problem)
    {
        public string? AdapterText { get; set; }
    }

    private void Compile(Func<CSharpCompilation, Probe, int, Candidate> prepare)
    {
        Directory.CreateDirectory(_folder);
        foreach ((string hint, string text) in Run.Generated)
        {
            File.WriteAllText(Path.Combine(_folder, Path.GetFileName(hint)), text);
        }

        CSharpCompilation compilation = Run.Output;
        List<Candidate> candidates = [.. Probes.Select((probe, number) => prepare(compilation, probe, number))];
        Dictionary<string, string> problems = candidates
            .Where(candidate => candidate.Problem is not null)
            .ToDictionary(candidate => candidate.Probe.Id, candidate => candidate.Problem!);

        Assembly? assembly = null;
        while (assembly is null)
        {
            Candidate[] alive = [.. candidates.Where(candidate => !problems.ContainsKey(candidate.Probe.Id))];
            CSharpParseOptions options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
            Dictionary<SyntaxTree, Candidate> adapters = alive.ToDictionary(
                candidate => CSharpSyntaxTree.ParseText(SourceText.From(candidate.AdapterText!, Encoding.UTF8), options, candidate.Class + ".cs"));
            CSharpCompilation whole = compilation
                .AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(ProbeAdapter.Support, Encoding.UTF8), options, "Support.cs"))
                .AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(ContainerSupport.Source, Encoding.UTF8), options, "Container.cs"))
                .AddSyntaxTrees(adapters.Keys);

            Diagnostic[] errors = [.. whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            if (errors.Length == 0)
            {
                assembly = Run.Load(whole);
                break;
            }

            // Blame each error on the probe whose adapter or generated file has it. A generated file nobody claims is dropped all the same.
            bool blamed = false;
            foreach (IGrouping<SyntaxTree?, Diagnostic> group in errors.GroupBy(error => error.Location.SourceTree))
            {
                string description = GeneratorRun.Describe(group.Take(3));
                if (group.Key is not { } tree)
                {
                    continue;
                }

                if (adapters.TryGetValue(tree, out Candidate? owner))
                {
                    blamed |= problems.TryAdd(owner.Probe.Id, "The adapter does not compile:\n" + description);
                }
                else if (!Run.Input.ContainsSyntaxTree(tree) && compilation.ContainsSyntaxTree(tree))
                {
                    compilation = compilation.RemoveSyntaxTrees(tree);
                    blamed = true;
                    foreach (Candidate candidate in alive.Where(candidate => candidate.Trees.Contains(tree)))
                    {
                        problems.TryAdd(candidate.Probe.Id, "The generated code does not compile:\n" + description);
                    }
                }
            }

            Assert.True(blamed, "The probes themselves do not compile:\n" + GeneratorRun.Describe(errors.Take(20)));
        }

        foreach (Candidate candidate in candidates)
        {
            problems.TryGetValue(candidate.Probe.Id, out string? problem);
            ImmutableArray<string> files =
                [.. candidate.Trees.Select(tree => Path.Combine(_folder, Path.GetFileName(tree.FilePath)))];
            _compiled.Add(candidate.Probe.Id, new CompiledProbe(
                candidate.Probe, problem, Reported(candidate), files, problem is null ? Bind(assembly, candidate) : []));
        }
    }

    private string Reported(Candidate candidate)
    {
        if (candidate.Method?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } syntax)
        {
            return string.Empty;
        }

        return GeneratorRun.Describe(AnalyzerDiagnostics.Where(diagnostic =>
            diagnostic.Location.SourceTree == syntax.SyntaxTree && syntax.Span.Contains(diagnostic.Location.SourceSpan.Start)));
    }

    private static Candidate Prepare(CSharpCompilation compilation, Probe probe, int number) => Prepare(compilation, probe, number, null);

    private static Candidate Prepare(CSharpCompilation compilation, Probe probe, int number, CompanionForm? of)
    {
        string className = ProbeAdapter.ClassName(number, probe);
        Candidate Fail(string problem) => new(probe, className, null, null, [], problem);

        ImmutableArray<IMethodSymbol> methods = Methods(compilation, probe);
        if (methods.Length != 1)
        {
            return Fail($"{methods.Length} [Differentiable] methods match; a probe needs a name of its own in its type.");
        }

        IMethodSymbol method = methods[0];
        MethodShape shape = MethodShape.Of(method, probe.WrittenArrays);
        HashSet<CompanionForm> forms = Forms(shape);
        if (of is { } companion)
        {
            // Points at which the method throws have no derivative to nest.
            probe = probe with { Points = [.. probe.Points.Where(point => point.Throws is null).Select(point => shape.Extended(point, companion))] };
            shape = shape.After(companion);
            forms = [CompanionForm.Vjp, CompanionForm.Jvp];
        }

        List<IMethodSymbol> companions = [];
        StringBuilder problems = new();
        foreach (CompanionForm form in forms)
        {
            if (shape.Find(method.ContainingType, form, method.Arity, out string complaint) is { } found)
            {
                companions.Add(found);
            }
            else
            {
                problems.AppendLine(complaint);
            }
        }

        if (of is null && !shape.ReturnsNumber && method.ContainingType.GetMembers(method.Name + CompanionForm.Grad).Length > 0)
        {
            problems.AppendLine($"{method.Name} returns no number, so there must be no {method.Name}Grad.");
        }

        string target = Target(method, shape.Name);
        string typeArguments = method.Arity == 0 ? string.Empty : "<" + string.Join(", ", method.TypeParameters.Select(p => p.Name)) + ">";
        ImmutableArray<SyntaxTree> trees = [.. companions.SelectMany(c => c.DeclaringSyntaxReferences).Select(r => r.SyntaxTree).Distinct()];
        Candidate candidate = new(probe, className, method, shape, trees, problems.Length == 0 ? null : problems.ToString());
        if (candidate.Problem is not null)
        {
            return candidate;
        }

        try
        {
            candidate.AdapterText = ProbeAdapter.Write(className, target, typeArguments, shape, [.. probe.Points], forms);
            return candidate;
        }
        catch (FormatException e)
        {
            return Fail(e.Message);
        }
    }

    /// <summary>The marked methods that a probe may mean.</summary>
    internal static ImmutableArray<IMethodSymbol> Methods(CSharpCompilation compilation, Probe probe) =>
    [
        .. compilation.GetSymbolsWithName(probe.Method, SymbolFilter.Member).OfType<IMethodSymbol>()
            .Where(method => TypeName(method.ContainingType) == probe.Type
                && method.GetAttributes().Any(a => a.AttributeClass?.Name == "DifferentiableAttribute")
                && method.Locations.Any(at => at.SourceTree?.FilePath.EndsWith("/" + probe.File + ".cs", StringComparison.Ordinal) == true)),
    ];

    /// <summary>How a member of the method's type is called.</summary>
    internal static string Target(IMethodSymbol method, string name) =>
        method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + Escaped(name);

    private static HashSet<CompanionForm> Forms(MethodShape shape) =>
        !shape.ReturnsNumber ? [CompanionForm.Vjp, CompanionForm.Jvp] : [CompanionForm.Grad, CompanionForm.Vjp, CompanionForm.Jvp];

    private static ImmutableArray<Derivatives> Bind(Assembly assembly, Candidate candidate)
    {
        Type type = assembly.GetType(ProbeAdapter.Namespace + "." + candidate.Class, throwOnError: true)!;
        ImmutableArray<Derivatives>.Builder points = ImmutableArray.CreateBuilder<Derivatives>();
        bool hasGradient = type.GetMethod("Grad_0") is not null;
        for (int i = 0; i < candidate.Probe.Points.Length; i++)
        {
            T Get<T>(string name)
                where T : Delegate => type.GetMethod($"{name}_{i}")!.CreateDelegate<T>();

            double[] x = Get<Func<double[]>>("X")();
            points.Add(new Derivatives(
                x,
                candidate.Shape!.Result is not null,
                Get<Func<double[], double[]>>("Primal"),
                !hasGradient ? null : Get<Func<double[], double[], double[][]>>("Grad"),
                Get<Func<double[], double[], double[][]>>("Vjp"),
                Get<Func<double[], double[], double[][]>>("Jvp"),
                candidate.Probe.Points[i].Gradient.IsEmpty ? null : Get<Func<double[], double[]>>("Expected")(x)));
        }

        return points.ToImmutable();
    }

    private static string TypeName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeName(outer) + "." + type.Name : type.Name;

    private static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
