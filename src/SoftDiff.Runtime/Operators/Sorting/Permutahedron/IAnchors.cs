namespace SoftDiff;

/// <summary>
/// Numbers z in descending order, known by their differences: the projection onto a permutahedron needs no more, and differences keep the digits that
/// z = x / s loses where s is small.
/// </summary>
internal interface IAnchors
{
    /// <summary>What neighbours differ by where they all differ by the same; 0 where they do not.</summary>
    double Step { get; }

    /// <summary>zᵢ - zⱼ, not negative, for i ≤ j.</summary>
    double Drop(int i, int j);
}

/// <summary>The anchors of a sort: n - 1 down to 0, over (n - 1) s.</summary>
internal readonly struct EvenAnchors(int count, double softness) : IAnchors
{
    // So that its multiples are finite.
    private const double LargestStep = 1e290;

    public double Step { get; } = Math.Min(1 / (softness * Math.Max(count - 1, 1)), LargestStep);

    public double Drop(int i, int j) => (j - i) * Step;
}

/// <summary>The anchors of ranks: the elements over s, given by keys in ascending order.</summary>
internal readonly ref struct KeyAnchors(ReadOnlySpan<double> keys, double softness) : IAnchors
{
    private readonly ReadOnlySpan<double> _keys = keys;

    public double Step => 0;

    public double Drop(int i, int j) => (_keys[j] - _keys[i]) / softness;
}
