using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>Finds rows of arrays of arrays that are one array. It allocates nothing: a pooled table has the rows by their hashes.</summary>
internal static class RowSet
{
    /// <summary>The name of a row in a message. No text is made for a row that is there.</summary>
    public static string? Name<T>(T[][] rows, int row, string parameter) => rows[row] is null ? Name(parameter, row) : null;

    /// <summary>Requires that no two rows with elements are one array.</summary>
    /// <exception cref="ArgumentException">Two are; the message names both.</exception>
    public static void RequireDistinct<T>(T[][] rows, string parameter)
    {
        using var table = Table(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if (Find(rows, rows[i], table.Span) is var (place, row) && row >= 0) ThrowShared(Name(parameter, row), Name(parameter, i));
            if (rows[i].Length > 0) table.Span[place] = i + 1;
        }
    }

    /// <summary>Requires that no row of the one array is a row of the other.</summary>
    /// <exception cref="ArgumentException">One is; the message names it.</exception>
    public static void RequireDisjoint<T>(T[][] first, string firstName, T[][] second, string secondName)
    {
        if (SharedRow(first, second) is (>= 0 and var row, var i)) ThrowShared(Name(firstName, row), Name(secondName, i));
    }

    /// <summary>Whether a row of the one array is a row of the other.</summary>
    public static bool Shares<T>(T[][] first, T[][] second) => SharedRow(first, second).First >= 0;

    /// <summary>The numbers of a row in both arrays; negative ones if they have none in common.</summary>
    private static (int First, int Second) SharedRow<T>(T[][] first, T[][] second)
    {
        using var table = Table(first.Length);
        for (var i = 0; i < first.Length; i++)
        {
            if (Find(first, first[i], table.Span) is (var place, < 0) && first[i].Length > 0) table.Span[place] = i + 1;
        }

        for (var i = 0; i < second.Length; i++)
        {
            if (Find(first, second[i], table.Span) is (_, >= 0 and var row)) return (row, i);
        }

        return (-1, -1);
    }

    private static Rented<int> Table(int rows) => Scratch.RentCleared<int>((int)Math.Min(Array.MaxLength, 2L * rows + 1));

    /// <summary>The number of a row in the table, or -1 and the place for it.</summary>
    private static (int Place, int Row) Find<T>(T[][] rows, T[] row, Span<int> table)
    {
        var place = (int)((uint)RuntimeHelpers.GetHashCode(row) % (uint)table.Length);
        while (table[place] > 0)
        {
            if (ReferenceEquals(rows[table[place] - 1], row)) return (place, table[place] - 1);
            place = place + 1 == table.Length ? 0 : place + 1;
        }

        return (place, -1);
    }

    private static string Name(string parameter, int row) => string.Create(CultureInfo.InvariantCulture, $"{parameter}[{row}]");

    [DoesNotReturn]
    private static void ThrowShared(string first, string second) =>
        throw new ArgumentException($"'{first}' and '{second}' are one array; they must not share memory.", first);
}
