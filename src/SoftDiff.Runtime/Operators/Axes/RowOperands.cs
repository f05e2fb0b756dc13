namespace SoftDiff;

/// <summary>The rows of a tensor to be read.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal readonly ref struct RowSource<T>(ReadOnlySpan<T> memory, RowMap map)
{
    private readonly ReadOnlySpan<T> _memory = memory;
    private readonly RowMap _map = map;

    public int Length => _map.Length;

    /// <summary>How much memory <see cref="Row"/> needs.</summary>
    public int Scratch => _map.IsContiguous ? 0 : Length;

    /// <summary>A row: in place, or gathered.</summary>
    public ReadOnlySpan<T> Row(int row, Span<T> scratch)
    {
        if (_map.IsContiguous) return _memory.Slice(_map.Start(row), Length);
        _map.Gather(_memory, row, scratch);
        return scratch;
    }

    public void Copy(int row, Span<T> destination) => _map.Gather(_memory, row, destination);
}

/// <summary>The rows of a tensor to be written.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal readonly ref struct RowTarget<T>(Span<T> memory, RowMap map)
{
    private readonly Span<T> _memory = memory;
    private readonly RowMap _map = map;

    public int Length => _map.Length;

    /// <summary>How much memory <see cref="Row"/> needs.</summary>
    public int Scratch => _map.IsContiguous ? 0 : Length;

    /// <summary>Where to write a row: in place, or to be scattered by <see cref="Put"/>.</summary>
    public Span<T> Row(int row, Span<T> scratch) => _map.IsContiguous ? _memory.Slice(_map.Start(row), Length) : scratch;

    /// <summary>The row as it is, to be added to and then given to <see cref="Put"/>.</summary>
    public Span<T> Current(int row, Span<T> scratch)
    {
        if (!_map.IsContiguous) _map.Gather(_memory, row, scratch);
        return Row(row, scratch);
    }

    /// <summary>Puts a row in its place, unless it was written there.</summary>
    public void Put(int row, ReadOnlySpan<T> scratch)
    {
        if (!_map.IsContiguous) _map.Scatter(scratch, row, _memory);
    }

    public void Copy(int row, ReadOnlySpan<T> source) => _map.Scatter(source, row, _memory);
}
