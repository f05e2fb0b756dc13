using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Requires that the arrays that the objects of two lists hold have the same lengths.</summary>
    /// <param name="actual">The arrays that are checked.</param>
    /// <param name="expected">The arrays whose lengths they must have.</param>
    /// <param name="path">The path of the arrays that are checked, with <c>[]</c> for the position.</param>
    /// <param name="like">The path of the others.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message names both paths and both lengths.</exception>
    public static void SameRows(ReadOnlySpan<Array> actual, ReadOnlySpan<Array> expected, string path, string like)
    {
        if (actual.Length != expected.Length) ThrowLength(actual.Length, expected.Length, Nodes.List(path), Nodes.List(like));
        for (var i = 0; i < actual.Length; i++)
        {
            for (var axis = 0; axis < actual[i].Rank; axis++)
            {
                if (actual[i].GetLength(axis) != expected[i].GetLength(axis)) ThrowPart(actual[i], expected[i], Nodes.Name(path, i), Nodes.Name(like, i));
            }
        }
    }

    /// <summary>Requires that no array that an object of a list holds shares memory with a span.</summary>
    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{T}, string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(ReadOnlySpan<Array> first, string firstName, ReadOnlySpan<T> second, string secondName)
    {
        for (var i = 0; i < first.Length; i++)
        {
            if (second.Overlaps(Nodes.Elements<T>(first[i]))) ThrowOverlap(Nodes.Name(firstName, i), secondName);
        }
    }

    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{Array}, string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(ReadOnlySpan<T> first, string firstName, ReadOnlySpan<Array> second, string secondName) =>
        Disjoint(second, secondName, first, firstName);

    /// <summary>Requires that no array that an object of a list holds is a row of an array of arrays.</summary>
    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{T}, string, ReadOnlySpan{T}, string)"/>
    public static void Disjoint<T>(ReadOnlySpan<Array> first, string firstName, T[][] second, string secondName)
    {
        for (var i = 0; i < first.Length; i++) Disjoint(second, secondName, Nodes.Elements<T>(first[i]), Nodes.Name(firstName, i));
    }

    /// <inheritdoc cref="Disjoint{T}(ReadOnlySpan{Array}, string, T[][], string)"/>
    public static void Disjoint<T>(T[][] first, string firstName, ReadOnlySpan<Array> second, string secondName) =>
        Disjoint(second, secondName, first, firstName);

    [DoesNotReturn]
    private static void ThrowPart(Array actual, Array expected, string path, string like)
    {
        static string Lengths(Array array) =>
            string.Join(" × ", Enumerable.Range(0, array.Rank).Select(axis => array.GetLength(axis).ToString(CultureInfo.InvariantCulture)));
        var text = $"'{path}' has length {Lengths(actual)}; it must have length {Lengths(expected)}, like '{like}'.";
        throw new ArgumentException(text, path);
    }
}
