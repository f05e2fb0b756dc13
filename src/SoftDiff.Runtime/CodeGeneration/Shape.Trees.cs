using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Returns the elements of an array that is a leaf of a parameter tree.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="leaf">The array.</param>
    /// <param name="path">Its path, as in <c>dM.W1</c>.</param>
    /// <returns>Its own memory.</returns>
    /// <exception cref="ArgumentNullException">There is no array; the message names the path.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Leaf<T>(T[] leaf, string path)
    {
        ArgumentNullException.ThrowIfNull(leaf, path);
        return leaf;
    }

    /// <summary>Requires that no object and no array occurs twice among the parts of parameter trees. Empty arrays may.</summary>
    /// <param name="paths">The paths of the parts.</param>
    /// <param name="parts">The objects and arrays.</param>
    /// <exception cref="ArgumentNullException">A part is null; the message names its path.</exception>
    /// <exception cref="ArgumentException">Two parts are one object; the message names both paths.</exception>
    public static void Separate(ReadOnlySpan<string> paths, ReadOnlySpan<object?> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is not { } part) ThrowNoPart(paths[i]);
            else if (part is not Array { Length: 0 } && SeveralTimes(part, parts[..i], out var first)) ThrowOneObject(paths[first], paths[i]);
        }
    }

    /// <summary>Returns an array of zeros of the same length.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="leaf">The array.</param>
    /// <returns>The new array.</returns>
    public static T[] ZerosLike<T>(T[] leaf) => new T[leaf.Length];

    /// <inheritdoc cref="ZerosLike{T}(T[])"/>
    public static T[,] ZerosLike<T>(T[,] leaf) => new T[leaf.GetLength(0), leaf.GetLength(1)];

    /// <inheritdoc cref="ZerosLike{T}(T[])"/>
    public static T[,,] ZerosLike<T>(T[,,] leaf) => new T[leaf.GetLength(0), leaf.GetLength(1), leaf.GetLength(2)];

    /// <summary>Returns arrays of zeros of the same lengths.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="leaf">The rows.</param>
    /// <returns>The new rows.</returns>
    public static T[][] ZerosLike<T>(T[][] leaf) => Array.ConvertAll(leaf, row => new T[row.Length]);

    private static bool SeveralTimes(object part, ReadOnlySpan<object?> before, out int first)
    {
        for (first = 0; first < before.Length; first++)
        {
            if (ReferenceEquals(before[first], part)) return true;
        }

        return false;
    }

    [DoesNotReturn]
    private static void ThrowNoPart(string path) => throw new ArgumentNullException(path);

    [DoesNotReturn]
    private static void ThrowOneObject(string first, string second) =>
        throw new ArgumentException($"'{first}' and '{second}' are one object; every part needs an object of its own.", second);
}
