using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Batching;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>Batches of modules as the compiler makes them, ready to print.</summary>
internal static class BatchedModules
{
    public static readonly TransformOptions Options = TransformOptions.Default with { Verify = true };

    /// <summary>The module without derivatives, after all passes.</summary>
    public static Companion Finish(Module module)
    {
        Companion finished = Companions.Generate(module, [new Derivation([])], Options, CancellationToken.None).Single();

        // The comment above the method is made from a derivation that has a last step; it says nothing of batches.
        return finished with { Derivation = CompanionKind.Jvp };
    }

    /// <summary>A derivative of the module, after all passes.</summary>
    public static Companion Finish(Module module, CompanionKind kind) =>
        Companions.Generate(NestedRules.Resolve(module, Options, CancellationToken.None), [kind], Options, CancellationToken.None).Single();

    /// <summary>The gradient or another derivative as a module.</summary>
    public static Module Derive(Module module, CompanionKind kind) => Differentiation.Apply(
        Preparation.Run(Passes.Prepare, module, Options, CancellationToken.None), kind, Options, CancellationToken.None);

    /// <summary>A batch of which all parameters have a part for each example, but for those that are named.</summary>
    public static Module Batch(Module module, params string[] shared) => Apply(module, module.Root.Name + "Batch", parallel: false, shared);

    /// <summary>The same, split over the cores.</summary>
    public static Module BatchInParallel(Module module, params string[] shared) => Apply(module, module.Root.Name + "BatchParallel", parallel: true, shared);

    private static Module Apply(Module module, string name, bool parallel, string[] shared)
    {
        ImmutableArray<Parameter> parameters = module.Root.Parameters;
        int[] positions = [.. Enumerable.Range(0, parameters.Length).Where(i => shared.Contains(parameters[i].Name))];
        Assert.Equal(shared.Length, positions.Length);
        Module batch = BatchTransform.Apply(module, positions, name, parallel);
        Verifier.Require(batch);
        return batch;
    }
}
