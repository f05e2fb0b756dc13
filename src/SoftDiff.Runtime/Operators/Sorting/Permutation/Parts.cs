namespace SoftDiff;

/// <summary>Rented memory cut into parts of one length.</summary>
/// <param name="length">The length of a part.</param>
/// <param name="count">How many there are.</param>
internal ref struct Parts(int length, int count)
{
    private Rented<double> _memory = Scratch.Rent<double>((long)length * count);
    private int _used;

    /// <summary>The next part; its contents are unspecified.</summary>
    public Span<double> Next() => _memory.Span.Slice(length * _used++, length);

    /// <summary>The next part, all 0.</summary>
    public Span<double> NextCleared()
    {
        var part = Next();
        part.Clear();
        return part;
    }

    public void Dispose() => _memory.Dispose();
}
