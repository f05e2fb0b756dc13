using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>Checks on the arguments of generated methods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Shape
{
    /// <summary>Requires that two arguments have the same length.</summary>
    /// <param name="actual">The length of the argument that is checked.</param>
    /// <param name="expected">The length it must have.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <param name="like">The name of the parameter whose length is expected.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message names both parameters and both lengths.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength(int actual, int expected, string parameter, string like)
    {
        if (actual != expected) ThrowLength(actual, expected, parameter, like);
    }

    /// <summary>Requires that an argument has an element for each place of a matrix.</summary>
    /// <param name="actual">The length of the argument.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ArgumentException">The length is another; the message names the parameter and both lengths.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Matrix(int actual, int rows, int columns, string parameter)
    {
        if (actual != (long)rows * columns) ThrowMatrix(actual, rows, columns, parameter);
    }

    [DoesNotReturn]
    private static void ThrowLength(int actual, int expected, string parameter, string like) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"'{parameter}' has length {actual}; it must have length {expected}, like '{like}'."), parameter);

    [DoesNotReturn]
    private static void ThrowMatrix(int actual, int rows, int columns, string parameter)
    {
        var text = $"'{parameter}' has length {actual}; it must have length {(long)rows * columns}, for {rows} rows of {columns}.";
        throw new ArgumentException(text, parameter);
    }

    [DoesNotReturn]
    private static void ThrowOverlap(string first, string second) => throw new ArgumentException(
        $"'{first}' and '{second}' share memory; they must not overlap.", first);
}
