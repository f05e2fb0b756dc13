namespace SoftDiff;

/// <summary>
/// The one row of a soft largest element: the logits are the elements themselves in any order, in units of the softness and less the largest.
/// </summary>
internal ref struct PlainLogits(ReadOnlySpan<double> keys) : IRowLogits
{
    private readonly ReadOnlySpan<double> _keys = keys;
    private readonly int _largest = keys.IndexOf(0);

    /// <summary>Tangents of the elements.</summary>
    public ReadOnlySpan<double> KeyTangents { get; init; }

    /// <inheritdoc cref="DistanceLogits.RelativeSoftnessTangent"/>
    public double RelativeSoftnessTangent { get; init; }

    /// <summary>Cotangents of the elements.</summary>
    public Span<double> KeyCotangents { get; init; }

    /// <inheritdoc cref="DistanceLogits.SoftnessCotangent"/>
    public double SoftnessCotangent { get; private set; }

    public readonly int Length => _keys.Length;

    public readonly Window Logits(int position, bool all, Span<double> row, out double radius, out int largest)
    {
        radius = 1;
        largest = _largest;
        _keys.CopyTo(row);
        return new Window(0, Length);
    }

    public readonly void Solved(int position, double radius)
    {
    }

    public readonly void Tangents(int position, Window window, Span<double> tLogits)
    {
        KeyTangents.CopyTo(tLogits);
        Lanewise.Map(_keys, tLogits, tLogits, new PlusDistance<double>(0, RelativeSoftnessTangent));
    }

    public void Pullback(int position, Window window, ReadOnlySpan<double> cLogits)
    {
        Lanewise.Map(KeyCotangents, cLogits, KeyCotangents, default(Plus<double>));
        SoftnessCotangent += Lanewise.Sum(_keys, cLogits, new DistanceProduct<double>(0));
    }
}
