namespace SoftDiff.Generator.Transforms;

/// <summary>Switches for the analyses that only save time or memory. Tests turn them off one by one: results must agree.</summary>
/// <param name="Activity">Leave out what has derivative zero.</param>
/// <param name="Recompute">Compute cheap values again in the reverse sweep instead of saving them.</param>
/// <param name="Fuse">Run forward and reverse code of a branch or of independent iterations together.</param>
internal sealed record TransformOptions(bool Activity = true, bool Recompute = true, bool Fuse = true)
{
    public static readonly TransformOptions Default = new();
}
