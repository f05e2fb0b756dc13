using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Emit;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Taylor;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>Derivatives of methods of the class C by Taylor mode, as C#, compiled beside the class.</summary>
internal sealed class TaylorMethods
{
    private static readonly TransformOptions Verified = TransformOptions.Default with { Verify = true };

    private readonly GeneratorRun _run;
    private readonly ConcurrentDictionary<(string, int, SeriesStyle?, CompanionKind?), MethodInfo> _loaded = new();

    /// <param name="members">The members of the class.</param>
    public TaylorMethods(string members) => _run = GeneratorHarness.RunUnchecked(
        CompilationSettings.Default, "using System;\nusing System.Numerics.Tensors;\nusing SoftDiff;\npublic static partial class C\n{\n" + members + "\n}\n");

    /// <summary>The method and what it calls, ready for the first transform.</summary>
    public (Module Module, Declaration Declaration) Lower(string method, int order)
    {
        var symbol = (IMethodSymbol)_run.Input.GetTypeByMetadataName("C")!.GetMembers(method).Single();
        var lowered = CheckedLowering.Lower(symbol, _run.Input, order, CancellationToken.None);
        Assert.NotNull(lowered.Module);
        return (Simplify(Passes.Prepare.Run(lowered.Module, Verified)), lowered.Declaration);
    }

    /// <summary>The files of the derivative: its own first, then those of the functions that it calls.</summary>
    public ImmutableArray<string> Texts(string method, int order, SeriesStyle? style = null, CompanionKind? first = null, int result = 0)
    {
        var (module, declaration) = Lower(method, first is null ? order : order + 1);
        if (first is { } kind) module = TaylorHarness.Prepared(Differentiation.Apply(module, kind, Verified, CancellationToken.None));
        var derived = TaylorHarness.Derive(module, order, style, result);
        var helpers = TaylorHarness.Called(derived).Select(Lowered).ToImmutableArray();
        var companion = new Companion(CompanionKind.Jvp, Lowered(derived.Root), helpers);
        var (file, shared) = CompanionFiles.Assemble("a derivative of order " + order, declaration, [companion]);
        return [FileWriter.Write(file), .. shared.Select(s => FileWriter.Write(CompanionFiles.Assemble(s)))];
    }

    /// <summary>The compiled derivative.</summary>
    public MethodInfo Load(string method, int order, SeriesStyle? style = null, CompanionKind? first = null, int result = 0) =>
        _loaded.GetOrAdd((method, order, style, first), _ =>
        {
            // Each in a context of its own, since their assemblies have one name.
            var run = new GeneratorRun(_run.Input, _run.Output, _run.Result, _run.GeneratorDiagnostics);
            var assembly = run.Load([.. Texts(method, order, style, first, result).Select((text, i) => new SourceFile($"{method}{order}_{i}.cs", text))]);
            return assembly.GetType("C")!.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Single(m => m.Name.EndsWith("Derivative" + order, StringComparison.Ordinal));
        });

    private static Function Lowered(Function function) => Passes.Lower.Run(function, Verified, CancellationToken.None);

    private static Module Simplify(Module module)
    {
        static Function Run(Function function) => Passes.Simplify.Run(function, Verified, CancellationToken.None);
        return module with { Root = Run(module.Root), Callees = [.. module.Callees.Select(Run)] };
    }
}
