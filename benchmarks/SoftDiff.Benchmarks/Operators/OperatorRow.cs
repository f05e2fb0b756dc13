namespace SoftDiff.Benchmarks.Operators;

/// <summary>A soft operator's value and vector–Jacobian product in float, and what it is compared with.</summary>
/// <param name="Name">The line of the table.</param>
/// <param name="Run">The given number of calls.</param>
/// <param name="Torch">The name of the expression for PyTorch; null for none.</param>
/// <param name="ByHand">A loop over the same memory, written by hand; null for none.</param>
/// <param name="Wanted">The ratio to reach: of PyTorch's time to ours, or of ours to that of the loop by hand.</param>
internal sealed record OperatorRow(string Name, Action<int> Run, string? Torch, Action<int>? ByHand, double Wanted);

/// <summary>What was measured of a row, in seconds per call.</summary>
internal sealed record OperatorResult(OperatorRow Row, double Seconds, double? Peer, double Bytes)
{
    /// <summary>How many times faster than PyTorch, or how many times slower than the loop by hand.</summary>
    public double? Ratio => Row.ByHand is null ? Peer / Seconds : Seconds / Peer;

    public bool? Reached => Ratio is not { } ratio ? null : Row.ByHand is null ? ratio >= Row.Wanted : ratio <= Row.Wanted;
}
