namespace SoftDiff;

/// <summary>Σ (z - c) and Σ (z - c)² over any range of a row in constant time, without loss of digits where z is large beside its spread.</summary>
internal readonly ref struct RangeMoments
{
    private readonly Span<DoubleDouble> _sums;
    private readonly Span<DoubleDouble> _squares;

    /// <param name="z">The row.</param>
    /// <param name="memory">2 (n + 1) numbers to keep the sums in.</param>
    public RangeMoments(ReadOnlySpan<double> z, Span<DoubleDouble> memory)
    {
        _sums = memory[..(z.Length + 1)];
        _squares = memory[(z.Length + 1)..];
        _sums[0] = _squares[0] = default;
        for (var i = 0; i < z.Length; i++)
        {
            _sums[i + 1] = _sums[i] + new DoubleDouble(z[i], 0);
            _squares[i + 1] = _squares[i] + DoubleDouble.Square(z[i]);
        }
    }

    public static int MemoryFor(int length) => 2 * (length + 1);

    /// <summary>The moments about <paramref name="center"/> of the elements from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public (double First, double Second) About(double center, int start, int end)
    {
        var sum = _sums[end] - _sums[start];
        var squares = _squares[end] - _squares[start];
        var count = (double)(end - start);
        var first = sum - (new DoubleDouble(center, 0) * count);
        var second = squares - (sum * (2 * center)) + (DoubleDouble.Square(center) * count);
        return (first.Value, second.Value);
    }
}
