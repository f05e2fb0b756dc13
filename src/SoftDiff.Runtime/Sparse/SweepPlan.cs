namespace SoftDiff;

/// <summary>
/// Which columns of a sparse Jacobian a sweep of forward mode computes together, or which rows a sweep of reverse mode. No two of these columns
/// meet in a row, and no two of these rows in a column.
/// </summary>
/// <param name="ByRows">Whether sweeps compute rows.</param>
/// <param name="Colors">The sweep of each column, or row; −1 if it has no element.</param>
/// <param name="Starts">Where the elements of each sweep start in the other two, and their number at the end.</param>
/// <param name="Slots">The places of the elements in the matrix.</param>
/// <param name="Sources">The row, or column, of each element.</param>
internal sealed record SweepPlan(bool ByRows, int[] Colors, int[] Starts, int[] Slots, int[] Sources)
{
    /// <summary>The number of sweeps.</summary>
    public int Sweeps => Starts.Length - 1;

    /// <summary>The plan with fewer sweeps, over columns in a tie, unless the mode says which.</summary>
    /// <param name="rows">The columns of each row.</param>
    /// <param name="columnCount">The number of columns.</param>
    /// <param name="mode">The mode.</param>
    /// <returns>The plan.</returns>
    public static SweepPlan Of(IncidenceTable rows, int columnCount, DiffMode mode)
    {
        var columns = rows.Transposed(columnCount);
        if (mode != DiffMode.Auto) return mode == DiffMode.Forward ? OverColumns() : OverRows();

        // A row needs as many sweeps over columns as it has elements, and a column as many over rows. What may need fewer is coloured
        // first; the other only if it can still win.
        var (leastByColumns, leastByRows) = (rows.Longest, columns.Longest);
        var first = leastByColumns <= leastByRows ? OverColumns() : OverRows();
        if (first.ByRows ? first.Sweeps < leastByColumns : first.Sweeps <= leastByRows) return first;
        var second = first.ByRows ? OverColumns() : OverRows();
        var (byColumns, byRows) = first.ByRows ? (second, first) : (first, second);
        return byRows.Sweeps < byColumns.Sweeps ? byRows : byColumns;

        SweepPlan OverColumns() => Over(rows, rows.Color(columns), isByRows: false);

        SweepPlan OverRows() => Over(rows, columns.Color(rows), isByRows: true);
    }

    private static SweepPlan Over(IncidenceTable rows, (int[] Colors, int Count) coloring, bool isByRows)
    {
        var (colors, count) = coloring;
        var starts = new int[count + 1];
        for (var i = 0; i < rows.Lines; i++)
        {
            foreach (var column in rows[i]) starts[colors[isByRows ? i : column] + 1]++;
        }

        for (var i = 0; i < count; i++) starts[i + 1] += starts[i];
        var (next, slots, sources) = (starts.AsSpan().ToArray(), new int[rows.Places.Length], new int[rows.Places.Length]);
        for (var i = 0; i < rows.Lines; i++)
        {
            for (var slot = rows.Pointers[i]; slot < rows.Pointers[i + 1]; slot++)
            {
                var column = rows.Places[slot];
                var at = next[colors[isByRows ? i : column]]++;
                (slots[at], sources[at]) = (slot, isByRows ? column : i);
            }
        }

        return new SweepPlan(isByRows, colors, starts, slots, sources);
    }
}
