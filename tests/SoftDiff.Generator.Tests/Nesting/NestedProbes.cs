using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Nesting;

/// <summary>
/// Second derivatives of all probes that return a number: the gradient and the Jacobian–vector product, each differentiated once more in both modes by
/// the compiler's own transforms, and compiled beside the probes.
/// </summary>
internal sealed class NestedProbes
{
    private static readonly Lazy<NestedProbes> Lazily = new(() => new NestedProbes(Probe.EmbeddedSources));

    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);
    private readonly ProbeSuite _ofGradient;
    private readonly ProbeSuite _ofTangent;

    /// <param name="sources">Files of probes whose methods have different names.</param>
    public NestedProbes(ImmutableArray<SourceFile> sources)
    {
        Run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, new Phases(Lower, Differentiate), [.. sources]);
        _ofGradient = new ProbeSuite(sources, CompanionForm.Grad, Run);
        _ofTangent = new ProbeSuite(sources, CompanionForm.Jvp, Run);
    }

    public static NestedProbes Shared => Lazily.Value;

    /// <summary>The probes that return a number and have a point at which they do not throw.</summary>
    public static ImmutableArray<Probe> Nestable { get; } =
    [
        .. Probe.EmbeddedSources.SelectMany(source => Probe.Parse(source))
            .Where(probe => probe.ReturnsNumber && !probe.HasTrees && probe.Points.Any(point => point.Throws is null)),
    ];

    public GeneratorRun Run { get; }

    /// <summary>Of the gradient: forward over reverse, and reverse over reverse. Of the tangent: reverse over forward, and forward over forward.</summary>
    public ProbeSuite Of(CompanionForm form) => form == CompanionForm.Grad ? _ofGradient : _ofTangent;

    /// <summary>Why the compiler refused to differentiate a companion of a probe once more; null if it did not.</summary>
    public string? Refused(string probe, CompanionForm of) => _refused.GetValueOrDefault(Key(Of(of)[probe].Probe.Method, of));

    private static string Key(string method, CompanionForm of) => method + of;

    private static LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        CheckedLowering.Lower(method, compilation, order: 2, cancellation);

    private ImmutableArray<Companion> Differentiate(Module module, CancellationToken cancellation)
    {
        TransformOptions options = TransformOptions.Default with { Verify = true };
        ImmutableArray<Companion> companions = Companions.Generate(module, options, cancellation);
        if (module.Root.Returns is not { IsFloat: true } || module.Root.Parameters.Any(p => p.IsLeaf))
        {
            return companions;
        }

        HashSet<string> listed = [.. companions.SelectMany(c => c.Helpers).Select(h => h.Name)];
        foreach (CompanionForm of in new[] { CompanionForm.Grad, CompanionForm.Jvp })
        {
            Derivation first = of == CompanionForm.Grad ? CompanionKind.Gradient : CompanionKind.Jvp;
            foreach (CompanionKind second in new[] { CompanionKind.Vjp, CompanionKind.Jvp })
            {
                try
                {
                    Companion nested = Companions.Generate(module, [first.Then(second)], options, cancellation).Single();
                    companions = companions.Add(nested with { Helpers = [.. nested.Helpers.Where(h => listed.Add(h.Name))] });
                }
                catch (MissingRuleException exception)
                {
                    _refused[Key(module.Root.Name, of)] = exception.Message;
                }
            }
        }

        return companions;
    }
}
