namespace SoftDiff;

/// <summary>Rented memory for a row of each of some tensors.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal ref struct RowScratch<T>
{
    public readonly Span<T> First;

    public readonly Span<T> Second;

    public readonly Span<T> Third;

    public readonly Span<T> Fourth;

    private Rented<T> _memory;

    public RowScratch(int first, int second, int third = 0, int fourth = 0)
    {
        _memory = Scratch.Rent<T>((long)first + second + third + fourth);
        First = _memory.Span[..first];
        Second = _memory.Span.Slice(first, second);
        Third = _memory.Span.Slice(first + second, third);
        Fourth = _memory.Span[^fourth..];
    }

    public void Dispose() => _memory.Dispose();
}
