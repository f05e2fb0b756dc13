using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Batching;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Declared;
using SoftDiff.Generator.Transforms.Sparsity;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Sparsity;

/// <summary>Sparse and dense Jacobians of all probes, compiled beside the probes with adapters that compare them.</summary>
internal sealed class SparseProbes
{
    private static readonly Lazy<SparseProbes> Lazily = new(() => new SparseProbes());

    private readonly Assembly _assembly;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    private SparseProbes()
    {
        GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, new Phases(CheckedLowering.Lower, WithJacobians), [.. Probe.EmbeddedSources]);
        run.AssertClean();
        List<SourceFile> adapters = [new("Support.cs", BatchAdapter.Support), new("Matrices.cs", SparseAdapter.Support), new("Container.cs", ContainerSupport.Source)];
        foreach ((int number, Probe probe) in BatchedProbes.All.Index())
        {
            _numbers[probe.Id] = number;
            if (_refused.Contains(probe.Method)) continue;
            IMethodSymbol method = Assert.Single(ProbeSuite.Methods(run.Output, probe));
            string types = method.Arity == 0 ? "" : "<" + string.Join(", ", method.TypeParameters.Select(p => p.Name)) + ">";
            MethodShape shape = MethodShape.Of(method, probe.WrittenArrays);
            string name = ClassName(number);
            adapters.Add(new SourceFile(name + ".cs", SparseAdapter.Write(name, ProbeSuite.Target(method, shape.Name), types, shape, probe)));
        }

        _assembly = run.Load([.. adapters]);
    }

    public static SparseProbes Shared => Lazily.Value;

    /// <summary>The methods whose patterns depend on floats, so that they are refused.</summary>
    public IEnumerable<string> Refused => _refused.Order(StringComparer.Ordinal);

    /// <summary>How the sparse Jacobian differs from the dense one at one of the points of a probe; null if it does not.</summary>
    public string? Compare(Probe probe)
    {
        if (_refused.Contains(probe.Method)) return null;
        Type type = _assembly.GetType(ProbeAdapter.Namespace + "." + ClassName(_numbers[probe.Id]), throwOnError: true)!;
        foreach (MethodInfo method in type.GetMethods(BindingFlags.Static | BindingFlags.Public))
        {
            if (method.CreateDelegate<Func<string?>>()() is { } difference) return $"{method.Name}: {difference}";
        }

        return null;
    }

    private static string ClassName(int number) => $"J{number}";

    private ImmutableArray<Companion> WithJacobians(Module module, CancellationToken cancellation)
    {
        ImmutableArray<Companion> companions = Companions.Generate(module, BatchedModules.Options, cancellation);
        if (module.Root.HasValueTypes || module.Root.GivesArrays) return companions;
        try
        {
            companions = [.. companions, Declared(module, isSparse: true, cancellation), Declared(module, isSparse: false, cancellation)];
        }
        catch (UnknowablePatternException)
        {
            _refused.Add(module.Root.Name);
        }

        HashSet<string> listed = [];
        return [.. companions.Select(one => one with { Helpers = [.. one.Helpers.Where(helper => listed.Add(helper.Name))] })];
    }

    /// <summary>The module's root as the target of a declaration.</summary>
    private static Companion Declared(Module module, bool isSparse, CancellationToken cancellation)
    {
        Transformation what = new(TransformationKind.Jacobian, 1, JacobianMode.Auto, []) { Sparse = isSparse };
        // A recursive method is its own callee as well.
        Function target = ReadOnlyCalls.Mark(module).Root with { Name = module.Root.Name + "Target" };
        TargetShape shape = TargetShape.Of(target, what, module.Callees.ToDictionary(f => f.Name));
        DeclaredSignature signature = DeclaredSignature.Of(shape, what, target);
        ValueSource values = new();
        ImmutableArray<Parameter> parameters = [.. signature.Parameters.Select(p => new Parameter(values.Fresh(p.Type, p.Name), p.Mode, Wrt: false))];
        IrType? returns = isSparse ? signature.Returns : null;
        ImmutableArray<Value> results = [.. parameters.Where(p => p.IsResult).Select(p => values.Fresh(p.Value.Type))];
        if (returns is not null) results = results.Insert(0, values.Fresh(returns));
        Operand[] arguments = [.. parameters.Where(p => p.Mode != ParameterMode.Out).Select(p => p.Value)];
        Function declared = new(
            module.Root.Name + (isSparse ? "Sparse" : "Dense"), parameters, returns,
            new Block([new Transform(results, what, target.Name, [.. arguments])], results.CastArray<Operand>()));
        Module whole = module with { Root = declared, Callees = [.. module.Callees, module.Root with { Name = target.Name }] };
        Companion written = Companions.Generate(whole, BatchedModules.Options, cancellation).Single();

        // The comment above the method is made from a derivation; it says nothing of Jacobians.
        return written with { Derivation = CompanionKind.Jvp };
    }
}
