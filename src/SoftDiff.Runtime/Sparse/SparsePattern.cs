using System.ComponentModel;

namespace SoftDiff;

/// <summary>Where a sparse Jacobian may differ from zero, and which of its columns or rows one sweep computes together.</summary>
/// <remarks>Never changes, so threads may share it. Generated code calls the static methods.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SparsePattern
{
    private readonly int _columnCount;
    private readonly int[] _rowPointers;
    private readonly int[] _columns;
    private readonly SweepPlan _plan;

    /// <param name="columnCount">The number of columns.</param>
    /// <param name="rowPointers">As in <see cref="SparseMatrix{T}.RowPointers"/>.</param>
    /// <param name="columns">As in <see cref="SparseMatrix{T}.Columns"/>.</param>
    /// <param name="mode">Whether sweeps compute columns or rows.</param>
    internal SparsePattern(int columnCount, int[] rowPointers, int[] columns, DiffMode mode)
    {
        (_columnCount, _rowPointers, _columns) = (columnCount, rowPointers, columns);
        _plan = SweepPlan.Of(new IncidenceTable(rowPointers, columns), columnCount, mode);
    }

    /// <summary>A matrix with the pattern, whose elements are all zero. Its arrays are its own.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The matrix.</returns>
    public static SparseMatrix<T> Matrix<T>(SparsePattern pattern)
        where T : INumberBase<T> => new(
            pattern._rowPointers.AsSpan().ToArray(), pattern._columns.AsSpan().ToArray(), new T[pattern._columns.Length], pattern._columnCount, pattern._plan.Sweeps);

    /// <summary>The elements of a matrix, to be written.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <returns>The elements.</returns>
    public static Span<T> Values<T>(SparseMatrix<T> matrix)
        where T : INumberBase<T> => matrix.Values;

    /// <summary>Whether a sweep computes rows, in reverse mode, and not columns.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>Whether it computes rows.</returns>
    public static bool ByRows(SparsePattern pattern) => pattern._plan.ByRows;

    /// <summary>The number of sweeps.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The number.</returns>
    public static int Sweeps(SparsePattern pattern) => pattern._plan.Sweeps;

    /// <summary>The sweep that computes a column, or a row; −1 if no element is in it.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>A number for each column, or row.</returns>
    public static ReadOnlySpan<int> Colors(SparsePattern pattern) => pattern._plan.Colors;

    /// <summary>Where the elements that a sweep computes start in <see cref="Slots"/>, and their number at the end.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>A number for each sweep, and one more.</returns>
    public static ReadOnlySpan<int> Starts(SparsePattern pattern) => pattern._plan.Starts;

    /// <summary>The places of the elements in the matrix, sweep by sweep.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The places.</returns>
    public static ReadOnlySpan<int> Slots(SparsePattern pattern) => pattern._plan.Slots;

    /// <summary>
    /// For each place in <see cref="Slots"/> the row from which a sweep over columns takes the element, or the column if sweeps are over
    /// rows.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The rows, or columns.</returns>
    public static ReadOnlySpan<int> Sources(SparsePattern pattern) => pattern._plan.Sources;
}
