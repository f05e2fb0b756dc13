using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Requires that two arrays of arrays have rows of the same lengths.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="actual">The array that is checked.</param>
    /// <param name="expected">The array whose lengths it must have.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <param name="like">The name of the parameter whose lengths are expected.</param>
    /// <exception cref="ArgumentNullException">One of them, or a row of one, is null; the message names the row.</exception>
    /// <exception cref="ArgumentException">The lengths differ; the message names both rows and both lengths.</exception>
    public static void SameRows<T>(T[][] actual, T[][] expected, string parameter, string like)
    {
        ArgumentNullException.ThrowIfNull(expected, like);
        ArgumentNullException.ThrowIfNull(actual, parameter);
        SameLength(actual.Length, expected.Length, parameter, like);
        for (var i = 0; i < actual.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(expected[i], RowSet.Name(expected, i, like));
            ArgumentNullException.ThrowIfNull(actual[i], RowSet.Name(actual, i, parameter));
            if (actual[i].Length != expected[i].Length) ThrowRow(actual[i].Length, expected[i].Length, i, parameter, like);
        }
    }

    /// <summary>Requires that two arrays of arrays have no row in common.</summary>
    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{T}, string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(T[][] first, string firstName, T[][] second, string secondName) =>
        RowSet.RequireDisjoint(first, firstName, second, secondName);

    /// <summary>Requires that no row of an array of arrays shares memory with a span.</summary>
    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{T}, string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(T[][] first, string firstName, ReadOnlySpan<T> second, string secondName)
    {
        for (var i = 0; i < first.Length; i++)
        {
            if (second.Overlaps(first[i])) ThrowOverlap(string.Create(CultureInfo.InvariantCulture, $"{firstName}[{i}]"), secondName);
        }
    }

    /// <inheritdoc cref="Disjoint{T}(T[][], string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(ReadOnlySpan<T> first, string firstName, T[][] second, string secondName) =>
        Disjoint(second, secondName, first, firstName);

    /// <summary>Requires that no array of arrays which is written has a row in common with another.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="written">How many arrays are written: the first ones.</param>
    /// <param name="names">The names of the arrays' parameters, with a space between two.</param>
    /// <param name="arrays">The arrays.</param>
    /// <exception cref="ArgumentException">Two have a row in common, and one of them is written; the message names both rows.</exception>
    public static void Disjoint<T>(int written, string names, params ReadOnlySpan<T[][]> arrays)
    {
        for (var i = 0; i < written; i++)
        {
            for (var j = i + 1; j < arrays.Length; j++)
            {
                if (!RowSet.Shares(arrays[i], arrays[j])) continue;
                var all = names.Split(' ');
                RowSet.RequireDisjoint(arrays[i], all[i], arrays[j], all[j]);
            }
        }
    }

    /// <summary>Returns the length of a row.</summary>
    /// <param name="end">The place after its last element; negative if the row is null.</param>
    /// <param name="start">The place of its first element.</param>
    /// <returns>The number of its elements.</returns>
    /// <exception cref="NullReferenceException">The row is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowCount(int end, int start)
    {
        if (end < 0) ThrowNull();
        return end - start;
    }

    [DoesNotReturn]
    private static void ThrowNull() => throw new NullReferenceException();

    [DoesNotReturn]
    private static void ThrowRow(int actual, int expected, int row, string parameter, string like) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{parameter}[{row}]' has length {actual}; it must have length {expected}, like '{like}[{row}]'."),
        parameter);
}
