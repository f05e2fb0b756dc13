namespace SoftDiff.Generator.Transforms;

/// <summary>Switches for what only saves time or memory. Tests turn them off one by one and all together: results must agree.</summary>
internal sealed record TransformOptions
{
    public static readonly TransformOptions Default = new();

    /// <summary>Leave out what has derivative zero.</summary>
    public bool Activity { get; init; } = true;

    /// <summary>Compute cheap values again in the reverse sweep instead of saving them.</summary>
    public bool Recompute { get; init; } = true;

    /// <summary>Run forward and reverse code of a branch or of independent iterations together.</summary>
    public bool Fuse { get; init; } = true;

    /// <summary>Copy callees' bodies into their callers.</summary>
    public bool Inline { get; init; } = true;

    /// <summary>Share, fold, hoist and drop.</summary>
    public bool Simplify { get; init; } = true;

    /// <summary>Build products of derivatives from products that are there.</summary>
    public bool ShareProducts { get; init; } = true;

    /// <summary>Rewrite small patterns that cost time in the emitted code.</summary>
    public bool Polish { get; init; } = true;

    /// <summary>Let the companions of large scalar functions call the gradient.</summary>
    public bool ByGradient { get; init; } = true;

    /// <summary>Run the verifier after every pass. It saves nothing: it finds faults of ours.</summary>
    public bool Verify { get; init; } =
#if DEBUG
        true;
#else
        false;
#endif

    /// <summary>Everything off that saves time or memory.</summary>
    public static readonly TransformOptions None = new()
    {
        Activity = false, Recompute = false, Fuse = false, Inline = false, Simplify = false, ShareProducts = false, Polish = false, ByGradient = false,
    };
}
