namespace SoftDiff.SecondOrder;

/// <summary>A row, or a number, without its tangents.</summary>
internal ref struct StopGradient
{
    private Rented<Dual> _memory;

    public StopGradient(ReadOnlySpan<Dual> row)
    {
        _memory = Scratch.Rent<Dual>(row.Length);
        for (var i = 0; i < row.Length; i++) _memory.Span[i] = Of(row[i]);
    }

    public readonly ReadOnlySpan<Dual> Row => _memory.Span;

    public static Dual Of(Dual number) => number.Value;

    public void Dispose() => _memory.Dispose();
}
