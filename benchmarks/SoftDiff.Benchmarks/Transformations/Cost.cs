namespace SoftDiff.Benchmarks.Transformations;

/// <summary>The ratio that a row is to reach.</summary>
/// <param name="IsSpeed">Whether it is that of the other's time to ours, which has to be large, or that of ours to the other's, which has
/// to be small.</param>
internal sealed record Bound(double Value, bool IsSpeed)
{
    public static Bound AtMost(double value) => new(value, IsSpeed: false);

    public static Bound Faster(double value) => new(value, IsSpeed: true);

    public override string ToString() => $"{(IsSpeed ? "≥" : "≤")} {Value:0.##}";

    public bool Holds(double ratio) => IsSpeed ? ratio >= Value : ratio <= Value;
}

/// <summary>A derivative and what it is compared with: the function, or another way to the same numbers.</summary>
/// <param name="Subject">The given number of calls of the derivative.</param>
/// <param name="Baseline">The given number of calls of the other; null if it is PyTorch.</param>
/// <param name="Torch">The name of the work for PyTorch; null if the other is <paramref name="Baseline"/>.</param>
internal sealed record Cost(string Name, Bound Wanted, Func<int, double> Subject, Func<int, double>? Baseline, Action Verify,
    string? Torch = null);
