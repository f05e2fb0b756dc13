namespace SoftDiff.Generator.Transforms.Checkpoints;

/// <summary>
/// Input: a module. Output: the same without checkpoints. What computes derivatives in the order of the function keeps no residuals, so the
/// callees are inlined like all others.
/// </summary>
internal static class IgnoreCheckpoints
{
    public static Module Run(Module module, TransformOptions options, CancellationToken cancellation)
    {
        if (module.Callees.All(f => f.Checkpoint is null)) return module;
        var plain = module with { Callees = module.Callees.Select(f => f.Checkpoint is null ? f : f with { Checkpoint = null }).ToImmutableArray() };
        return options.Inline ? Inliner.Run(plain) : plain;
    }
}
