namespace SoftDiff.Generator.Transforms;

/// <summary>Makes a module ready for a differentiation.</summary>
internal static class Preparation
{
    /// <summary>Before the first differentiation: prepared by the passes given, then simplified.</summary>
    public static Module Run(ImmutableArray<ModulePass> passes, Module module, TransformOptions options, CancellationToken cancellation) =>
        Simplify(passes.Run(module, options, cancellation), options, cancellation);

    /// <summary>
    /// Before each further one. Calls of rules' methods are differentiated too then, and the derivatives of callees take and write
    /// arrays of their own.
    /// </summary>
    public static Module Again(Module derived, TransformOptions options, CancellationToken cancellation) =>
        Passes.PrepareAgain.Run(NestedRules.Resolve(derived, options, cancellation), options, cancellation);

    /// <summary>Before a differentiation in one mode: passes that leave most modules as they are.</summary>
    public static Module For(ImmutableArray<ModulePass> passes, Module module, TransformOptions options, CancellationToken cancellation)
    {
        var prepared = passes.Run(module, options, cancellation);
        return ReferenceEquals(prepared, module) ? module : Simplify(prepared, options, cancellation);
    }

    private static Module Simplify(Module module, TransformOptions options, CancellationToken cancellation)
    {
        Function Run(Function function) => Passes.Simplify.Run(function, options, cancellation);
        return module with
        {
            Root = Run(module.Root),
            Callees = module.Callees.Select(f => f.IsLeaf ? LeafCache.Of(f).Simplified(options, () => Run(f)) : Run(f)).ToImmutableArray(),
        };
    }
}
