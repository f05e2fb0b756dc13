using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>
/// The probes that return a number, as functions of each of their floating-point parameters in turn: their modules, and the text of their
/// derivatives compiled beside the probes.
/// </summary>
internal sealed class TaylorProbes
{
    private static readonly Lazy<TaylorProbes> Lazily = new(() => new TaylorProbes());
    private static readonly int[] CompiledOrders = [2, 5, 9];
    private static readonly TransformOptions Verified = TransformOptions.Default with { Verify = true };

    private readonly ConcurrentDictionary<string, Module> _modules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);

    private TaylorProbes() => Run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, new Phases(Lower, Differentiate), [.. Probe.EmbeddedSources]);

    public static TaylorProbes Shared => Lazily.Value;

    public GeneratorRun Run { get; }

    /// <summary>Messages of rules that are missing, by method and variable.</summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>How many derivatives were compiled.</summary>
    public int Compiled { get; private set; }

    /// <summary>The prepared module of a probe; null if its body is refused.</summary>
    public Module? ModuleOf(Probe probe) => _modules.GetValueOrDefault(probe.Type + "." + probe.Method);

    /// <summary>The module as a function of each number among its parameters.</summary>
    public static IEnumerable<(string Variable, Module Module)> Variables(Module module)
    {
        if (module.Root.Returns is not { IsFloat: true } || module.Root.GivesArrays) yield break;
        foreach (var variable in module.Root.Parameters.Where(p => p.Value.Type.IsFloat && p.Mode != ParameterMode.Out && !p.Scratch))
        {
            var parameters = module.Root.Parameters.Select(p => p with { Wrt = ReferenceEquals(p, variable) }).ToImmutableArray();
            yield return (variable.Name, module with { Root = module.Root with { Parameters = parameters } });
        }
    }

    private LoweringResult Lower(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var lowered = CheckedLowering.Lower(method, compilation, order: 3, cancellation);
        if (lowered.Module is { } module) _modules[TypeName(method.ContainingType) + "." + method.Name] = Prepared(module);
        return lowered;
    }

    private static string TypeName(INamedTypeSymbol type) => type.ContainingType is { } outer ? TypeName(outer) + "." + type.Name : type.Name;

    private static Module Prepared(Module module)
    {
        static Function Simplify(Function function) => Passes.Simplify.Run(function, Verified, CancellationToken.None);
        module = Passes.Prepare.Run(module, Verified);
        return module with { Root = Simplify(module.Root), Callees = [.. module.Callees.Select(Simplify)] };
    }

    private ImmutableArray<Companion> Differentiate(Module module, CancellationToken cancellation)
    {
        var companions = Companions.Generate(module, Verified, cancellation);
        HashSet<string> listed = [.. companions.SelectMany(c => c.Helpers).Select(h => h.Name)];
        foreach (var (variable, function) in Variables(Prepared(module)))
        {
            foreach (var order in CompiledOrders)
            {
                try
                {
                    var derived = TaylorTransform.Apply(function, order, Verified, cancellation);
                    var root = Lowered(derived.Root) with { Name = derived.Root.Name + "By" + variable.TrimStart('@') };
                    var helpers = TaylorHarness.Called(derived).Where(f => listed.Add(f.Name)).Select(Lowered);
                    companions = companions.Add(new Companion(CompanionKind.Jvp, root, [.. helpers]));
                    Compiled++;
                }
                catch (MissingRuleException exception)
                {
                    _refused[module.Root.Name + " by " + variable] = exception.Message;
                }
            }
        }

        return companions;

        Function Lowered(Function f) => Passes.Lower.Run(f, Verified, cancellation);
    }
}
