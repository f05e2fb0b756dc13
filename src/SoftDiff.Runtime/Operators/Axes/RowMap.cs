namespace SoftDiff;

/// <summary>
/// Where the rows of a tensor lie in its memory. Rows are numbered in row-major order of the other axes; each is a block of positions
/// (along the axis) times entries (along the last axis, for soft indices).
/// </summary>
internal readonly ref struct RowMap
{
    // The other axes. Axes of length 1 are left out, and neighbours that form one axis in memory are merged. A dense tensor with rows along
    // the last axis has only one, so most rows are found without a division.
    private readonly ReadOnlySpan<int> _lengths;
    private readonly ReadOnlySpan<int> _strides;
    private readonly int _positions;
    private readonly int _positionStride;
    private readonly int _entries;
    private readonly int _entryStride;

    /// <param name="lengths">The lengths of the tensor.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="role">Selects the axes that make the rows.</param>
    /// <param name="rows">
    /// The lengths of the other axes if the tensor is broadcast along its axes of length 1; empty if they are the tensor's own.
    /// </param>
    /// <param name="storage">Memory for the map, at least twice the rank.</param>
    public RowMap(
        scoped ReadOnlySpan<nint> lengths, scoped ReadOnlySpan<nint> strides, RowRole role, scoped ReadOnlySpan<nint> rows,
        Span<int> storage)
    {
        var (axis, hasEntries) = (role.Axis, role.HasEntries);
        var outerRank = hasEntries ? lengths.Length - 1 : lengths.Length;
        var merged = storage[..lengths.Length];
        var mergedStrides = storage[lengths.Length..];
        var (count, outer) = (0, 0);
        for (var d = 0; d < outerRank; d++)
        {
            if (d == axis) continue;
            var length = (int)(rows.IsEmpty ? lengths[d] : rows[outer]);
            outer++;
            if (length == 1) continue;
            var stride = lengths[d] == 1 ? 0 : (int)strides[d];
            if (count > 0 && mergedStrides[count - 1] == (long)length * stride)
            {
                merged[count - 1] *= length;
                mergedStrides[count - 1] = stride;
                continue;
            }

            (merged[count], mergedStrides[count]) = (length, stride);
            count++;
        }

        _lengths = merged[..count];
        _strides = mergedStrides[..count];
        (_positions, _positionStride) = axis < 0 ? (1, 1) : ((int)lengths[axis], (int)strides[axis]);
        (_entries, _entryStride) = hasEntries ? ((int)lengths[^1], (int)strides[^1]) : (1, 1);
    }

    /// <summary>How many elements a row has; 0 for the map of nothing.</summary>
    public int Length => _positions * _entries;

    /// <summary>Whether the elements of a row are next to each other, in order.</summary>
    public bool IsContiguous => (_entries == 1 || _entryStride == 1) && (_positions <= 1 || _positionStride == _entries);

    /// <summary>Where a row starts.</summary>
    public int Start(int row)
    {
        var start = 0;
        for (var d = _lengths.Length - 1; d > 0; d--)
        {
            (row, var i) = Math.DivRem(row, _lengths[d]);
            start += i * _strides[d];
        }

        return _lengths.IsEmpty ? start : start + (row * _strides[0]);
    }

    /// <summary>Copies a row out of the memory of the tensor.</summary>
    public void Gather<T>(ReadOnlySpan<T> memory, int row, Span<T> destination) =>
        Copy(memory[Start(row)..], (_positionStride, _entryStride), destination, (_entries, 1));

    /// <summary>Copies a row into the memory of the tensor.</summary>
    public void Scatter<T>(ReadOnlySpan<T> source, int row, Span<T> memory) =>
        Copy(source, (_entries, 1), memory[Start(row)..], (_positionStride, _entryStride));

    // One side has the strides of the tensor, the other is a row without gaps.
    private void Copy<T>(ReadOnlySpan<T> source, (int Position, int Entry) from, Span<T> destination, (int Position, int Entry) to)
    {
        if (IsContiguous)
        {
            source[..Length].CopyTo(destination);
        }
        else if (_entries > 1 && _entryStride == 1)
        {
            for (var i = 0; i < _positions; i++) source.Slice(i * from.Position, _entries).CopyTo(destination[(i * to.Position)..]);
        }
        else
        {
            for (var i = 0; i < _positions; i++)
            {
                for (var j = 0; j < _entries; j++) destination[(i * to.Position) + (j * to.Entry)] = source[(i * from.Position) + (j * from.Entry)];
            }
        }
    }
}
