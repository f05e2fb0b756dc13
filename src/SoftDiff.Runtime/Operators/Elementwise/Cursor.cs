namespace SoftDiff;

/// <summary>A position in an array in row-major order, which moves along the last axis.</summary>
internal ref struct Cursor
{
    private readonly ReadOnlySpan<nint> _lengths;
    private readonly Span<nint> _index;

    /// <summary>Starts at the element of the number <paramref name="start"/>.</summary>
    /// <param name="lengths">The lengths of the axes.</param>
    /// <param name="index">Memory for the position, as long as <paramref name="lengths"/>.</param>
    /// <param name="start">The number of elements before it.</param>
    public Cursor(ReadOnlySpan<nint> lengths, Span<nint> index, nint start)
    {
        _lengths = lengths;
        _index = index;
        for (var axis = lengths.Length - 1; axis >= 0; axis--) (start, index[axis]) = Math.DivRem(start, lengths[axis]);
    }

    /// <summary>How many elements are left along the last axis.</summary>
    public readonly int Left => (int)(_lengths[^1] - _index[^1]);

    public readonly int Offset(ReadOnlySpan<nint> strides)
    {
        nint offset = 0;
        for (var axis = 0; axis < strides.Length; axis++) offset += _index[axis] * strides[axis];
        return (int)offset;
    }

    /// <summary>Moves on, not beyond what is left along the last axis.</summary>
    public readonly void Advance(int count)
    {
        var axis = _lengths.Length - 1;
        for (_index[axis] += count; axis > 0 && _index[axis] == _lengths[axis]; _index[axis]++)
        {
            _index[axis] = 0;
            axis--;
        }
    }
}
