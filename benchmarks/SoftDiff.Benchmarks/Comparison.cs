namespace SoftDiff.Benchmarks;

/// <summary>What a row compares: a gradient with one written by hand, or the stable primitive with the naive formula.</summary>
internal enum RowKind
{
    Gradient,
    Stability,
}

/// <summary>
/// Two implementations of one function. Each is a loop of the given number of calls and comes from the same factory, so both pay the same
/// for the call and for reading the result.
/// </summary>
internal sealed record Comparison(string Name, RowKind Kind, Func<int, double> Subject, Func<int, double> Baseline, Action Verify);
