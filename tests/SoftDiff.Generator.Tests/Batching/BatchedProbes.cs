using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>What a batch is made of.</summary>
public enum BatchForm
{
    /// <summary>The probe itself.</summary>
    Primal,

    /// <summary>The same, split over the cores.</summary>
    Parallel,

    /// <summary>Its batch.</summary>
    Batch,

    /// <summary>Its gradient.</summary>
    Gradient,
}

/// <summary>Batches of all probes and of their gradients, compiled beside the probes with adapters that compare them with loops.</summary>
internal sealed class BatchedProbes
{
    private static readonly Lazy<BatchedProbes> Lazily = new(() => new BatchedProbes());

    private readonly Assembly _assembly;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private BatchedProbes()
    {
        Run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, new Phases(CheckedLowering.Lower, WithBatches), [.. Probe.EmbeddedSources]);
        string folder = Path.Combine(AppContext.BaseDirectory, "generated-batch");
        Directory.CreateDirectory(folder);
        foreach ((string hint, string text) in Run.Generated)
        {
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(hint)), text);
        }

        Run.AssertClean();
        List<SourceFile> adapters = [new("Support.cs", BatchAdapter.Support)];
        foreach ((int number, Probe probe) in All.Index())
        {
            _numbers[probe.Id] = number;
            IMethodSymbol method = Assert.Single(ProbeSuite.Methods(Run.Output, probe));
            adapters.AddRange(Forms(probe).Select(form => Adapter(number, probe, method, form)));
        }

        _assembly = Run.Load([.. adapters]);
    }

    public static BatchedProbes Shared => Lazily.Value;

    /// <summary>All probes but those that take or return value types, take objects, or make arrays: of these there are no batches.</summary>
    public static ImmutableArray<Probe> All { get; } = [.. Probe.EmbeddedSources.SelectMany(source => Probe.Parse(source)).Where(probe => !probe.HasValueTypes && !probe.HasObjects && !probe.GivesArrays)];

    public GeneratorRun Run { get; }

    /// <summary>The forms in which a probe can be in a batch. Examples share matrices and memories, so there is no batch of them; only a number has a gradient, and only where the probe does not throw.</summary>
    public static IEnumerable<BatchForm> Forms(Probe probe) => probe.HasContainers
        ? []
        : Enum.GetValues<BatchForm>().Where(form => form != BatchForm.Gradient || (probe.ReturnsNumber && probe.Points.Any(point => point.Throws is null)));

    /// <summary>How the batch differs from the loop at one of the points of a probe; null if it does not.</summary>
    public string? Compare(Probe probe, BatchForm form, int batch)
    {
        Type type = _assembly.GetType(ProbeAdapter.Namespace + "." + ClassName(_numbers[probe.Id], form), throwOnError: true)!;
        foreach (MethodInfo method in type.GetMethods(BindingFlags.Static | BindingFlags.Public))
        {
            if (method.CreateDelegate<Func<int, string?>>()(batch) is { } difference) return $"{method.Name}: {difference}";
        }

        return null;
    }

    private static string ClassName(int number, BatchForm form) => $"B{number}_{form}";

    private static SourceFile Adapter(int number, Probe probe, IMethodSymbol method, BatchForm form)
    {
        MethodShape shape = MethodShape.Of(method, probe.WrittenArrays);
        IEnumerable<ProbePoint> points = probe.Points;
        if (form == BatchForm.Gradient)
        {
            points = points.Where(point => point.Throws is null).Select(point => shape.Extended(point, CompanionForm.Grad)).ToList();
            shape = shape.After(CompanionForm.Grad);
        }

        string arguments = method.Arity == 0 ? "" : "<" + string.Join(", ", method.TypeParameters.Select(p => p.Name)) + ">";
        (string suffix, string[] counts) = form switch
        {
            BatchForm.Batch => ("BatchBatch", ["batch", "2"]),
            BatchForm.Parallel => ("BatchParallel", ["batch"]),
            _ => ("Batch", (string[])["batch"]),
        };
        string name = ClassName(number, form);
        string batch = ProbeSuite.Target(method, shape.Name + suffix) + arguments;
        return new SourceFile(name + ".cs", BatchAdapter.Write(name, ProbeSuite.Target(method, shape.Name) + arguments, batch, counts, shape, points));
    }

    private static ImmutableArray<Companion> WithBatches(Module module, CancellationToken cancellation)
    {
        ImmutableArray<Companion> companions = Companions.Generate(module, BatchedModules.Options, cancellation);
        if (module.Root.Parameters.Any(p => p.Value.Type is ArrayType { IsContainer: true, IsTensor: false })) return companions;
        HashSet<string> listed = [.. companions.SelectMany(c => c.Helpers).Select(h => h.Name)];
        if (module.Root.HasValueTypes || module.Root.GivesArrays) return companions;
        Module batch = BatchedModules.Batch(module);
        List<Module> batches = [batch, BatchedModules.BatchInParallel(module), BatchedModules.Batch(batch, "batch")];
        if (module.Root.Returns is { IsFloat: true }) batches.Add(BatchedModules.Batch(BatchedModules.Derive(module, CompanionKind.Gradient)));
        foreach (Companion finished in batches.Select(BatchedModules.Finish))
        {
            companions = companions.Add(finished with { Helpers = [.. finished.Helpers.Where(h => listed.Add(h.Name))] });
        }

        return companions;
    }
}
