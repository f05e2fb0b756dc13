namespace SoftDiff;

/// <summary>Collects the rows of a pattern, one after the other.</summary>
internal sealed class RowsBuilder
{
    private int[] _columns = new int[256];
    private int[] _pointers = new int[256];
    private int _count;
    private int _rows;

    /// <summary>An element of the row that comes next, in a column behind those before.</summary>
    public void Add(int column)
    {
        if (_count == _columns.Length) Array.Resize(ref _columns, 2 * _count);
        _columns[_count++] = column;
    }

    public void EndRow()
    {
        if (++_rows == _pointers.Length) Array.Resize(ref _pointers, 2 * _rows);
        _pointers[_rows] = _count;
    }

    public SparsePattern Build(int columnCount, DiffMode mode) => new(columnCount, _pointers[..(_rows + 1)], _columns[.._count], mode);
}
