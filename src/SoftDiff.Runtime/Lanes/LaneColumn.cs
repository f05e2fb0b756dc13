using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>
/// Neighbouring columns of a row-major matrix, one in each lane. The range is checked once, when it is made; a loop over the rows then only
/// compares the row with their number.
/// </summary>
/// <typeparam name="TLane">The lane type.</typeparam>
/// <typeparam name="T">The type of the numbers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LaneColumn<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ref T _first;
    private readonly int _width;
    private readonly int _rows;

    /// <summary>The columns from one element of the first row on.</summary>
    /// <param name="matrix">The elements of the matrix.</param>
    /// <param name="start">The element of the first row for the first lane.</param>
    /// <param name="width">The distance from a row to the next.</param>
    /// <param name="rows">The number of rows; none if it is negative.</param>
    /// <exception cref="IndexOutOfRangeException">An element is outside the matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LaneColumn(Span<T> matrix, int start, int width, int rows)
    {
        if (rows <= 0) return;
        if (start < 0 || width < 0 || start + ((rows - 1L) * width) + TLane.Count > matrix.Length) LaneLoop.ThrowRange();
        _first = ref Unsafe.Add(ref MemoryMarshal.GetReference(matrix), start);
        (_width, _rows) = (width, rows);
    }

    /// <summary>The lanes' numbers in a row.</summary>
    /// <param name="row">The number of the row.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public ref TLane this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)row >= (uint)_rows) LaneLoop.ThrowRange();
            return ref Unsafe.As<T, TLane>(ref Unsafe.Add(ref _first, (nint)row * _width));
        }
    }
}
