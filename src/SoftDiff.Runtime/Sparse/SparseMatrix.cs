using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>
/// A matrix of which only some elements are stored, row by row (CSR): the elements of row i are <c>Values[k]</c>, in the columns
/// <c>Columns[k]</c>, for k from
/// <c>RowPointers[i]</c> up to, but not including, <c>RowPointers[i + 1]</c>. <c>[Jacobian(Sparse = true)]</c> returns one.
/// </summary>
/// <remarks>
/// The columns of a row are stored in ascending order, each at most once. A stored element may be zero: a Jacobian stores every element
/// that can differ from zero in some branch of the method. The arrays belong to the matrix, and every call of a generated method returns
/// new ones. Threads may read a matrix at the same time.
/// </remarks>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class SparseMatrix<T>
    where T : INumberBase<T>
{
    /// <summary>A matrix on arrays of the caller, which are checked and not copied.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="rowPointers">Where each row starts among the elements, and the number of elements at the end: <c>rows + 1</c>
    /// numbers.</param>
    /// <param name="columns">The column of each element; ascending in each row.</param>
    /// <param name="values">The elements.</param>
    /// <exception cref="ArgumentException">The arrays do not describe such a matrix.</exception>
    public SparseMatrix(int rows, int columnCount, int[] rowPointers, int[] columns, T[] values)
        : this(rowPointers, columns, values, columnCount, sweeps: 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (rowPointers.Length != rows + 1L) ThrowLength(nameof(rowPointers), rowPointers.Length, rows + 1L);
        if (values.Length != columns.Length) ThrowLength(nameof(values), values.Length, columns.Length);
        if (rowPointers[0] != 0 || rowPointers[rows] != columns.Length)
        {
            throw new ArgumentException($"The row pointers must start with 0 and end with the number of elements, {columns.Length}.", nameof(rowPointers));
        }

        for (var i = 0; i < rows; i++) CheckRow(i);
    }

    /// <summary>A matrix whose arrays are known to be right.</summary>
    internal SparseMatrix(int[] rowPointers, int[] columns, T[] values, int columnCount, int sweeps)
    {
        ArgumentNullException.ThrowIfNull(rowPointers);
        (RowPointers, Columns, Values, ColumnCount, Sweeps) = (rowPointers, columns, values, columnCount, sweeps);
    }

    /// <summary>The number of rows.</summary>
    public int Rows => RowPointers.Length - 1;

    /// <summary>The number of columns.</summary>
    public int ColumnCount { get; }

    /// <summary>Where each row starts among the elements, and the number of elements at the end.</summary>
    public int[] RowPointers { get; }

    /// <summary>The column of each element.</summary>
    public int[] Columns { get; }

    /// <summary>The elements.</summary>
    public T[] Values { get; }

    /// <summary>
    /// How often a generated method ran the derivative of its target to compute the elements: the number of colours of the columns, or of
    /// the rows in reverse mode. 0 for a matrix that was put together otherwise.
    /// </summary>
    public int Sweeps { get; }

    /// <summary>The element at a place; zero if none is stored there. Searches the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix has no such place.</exception>
    public T this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
            var start = RowPointers[row];
            var at = Columns.AsSpan(start, RowPointers[row + 1] - start).BinarySearch(column);
            return at < 0 ? T.Zero : Values[start + at];
        }
    }

    /// <summary>All elements in row-major order, with the zeros: what a dense <c>[Jacobian]</c> writes.</summary>
    /// <returns><c>Rows · ColumnCount</c> elements.</returns>
    public T[] ToDense()
    {
        var dense = new T[checked(Rows * ColumnCount)];
        for (var i = 0; i < Rows; i++)
        {
            for (var k = RowPointers[i]; k < RowPointers[i + 1]; k++) dense[(i * ColumnCount) + Columns[k]] = Values[k];
        }

        return dense;
    }

    /// <summary>y = A x. Allocates nothing.</summary>
    /// <param name="x">A number for each column.</param>
    /// <param name="y">Receives a number for each row; shares no memory with <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit the matrix, or the spans overlap.</exception>
    public void Multiply(ReadOnlySpan<T> x, Span<T> y)
    {
        Check(x, ColumnCount, y, Rows);
        for (var i = 0; i < Rows; i++)
        {
            var sum = T.Zero;
            for (var k = RowPointers[i]; k < RowPointers[i + 1]; k++) sum += Values[k] * x[Columns[k]];
            y[i] = sum;
        }
    }

    /// <summary>y = Aᵀ x. Allocates nothing.</summary>
    /// <param name="x">A number for each row.</param>
    /// <param name="y">Receives a number for each column; shares no memory with <paramref name="x"/>.</param>
    /// <inheritdoc cref="Multiply"/>
    public void MultiplyTransposed(ReadOnlySpan<T> x, Span<T> y)
    {
        Check(x, Rows, y, ColumnCount);
        y.Clear();
        for (var i = 0; i < Rows; i++)
        {
            for (var k = RowPointers[i]; k < RowPointers[i + 1]; k++) y[Columns[k]] += Values[k] * x[i];
        }
    }

    private static void Check(ReadOnlySpan<T> x, int xLength, Span<T> y, int yLength)
    {
        if (x.Length != xLength) ThrowLength(nameof(x), x.Length, xLength);
        if (y.Length != yLength) ThrowLength(nameof(y), y.Length, yLength);
        if (x.Overlaps(y)) throw new ArgumentException("'y' shares memory with 'x'.", nameof(y));
    }

    private void CheckRow(int row)
    {
        var (start, end) = (RowPointers[row], RowPointers[row + 1]);
        if (end < start || end > Columns.Length)
        {
            throw new ArgumentException($"The row pointers of row {row} are {start} and {end}; they must ascend.", "rowPointers");
        }

        for (var k = start; k < end; k++)
        {
            if (Columns[k] >= ColumnCount || Columns[k] < (k > start ? Columns[k - 1] + 1 : 0))
            {
                throw new ArgumentException($"Element {k} of row {row} is in column {Columns[k]}; the columns of a row ascend from 0 to {ColumnCount - 1}.", "columns");
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(string name, int length, long expected) =>
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' has {length} elements, but must have {expected}."), name);
}
