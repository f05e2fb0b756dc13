namespace SoftDiff.Generator.Analysis;

/// <summary>Why the iterations of a loop cannot run in lanes.</summary>
/// <param name="Reason">The obstacle, as the end of a sentence.</param>
/// <param name="By">The operation; null if it is the loop itself.</param>
internal sealed record LaneObstacle(string Reason, Op? By);
