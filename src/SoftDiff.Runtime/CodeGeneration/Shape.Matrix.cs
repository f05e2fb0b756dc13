using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Returns the elements of a matrix in row-major order.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="matrix">The matrix.</param>
    /// <returns>Its own memory.</returns>
    /// <exception cref="ArgumentNullException">There is no matrix.</exception>
    /// <exception cref="ArgumentException">The indices of the matrix do not start at 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Elements<T>(T[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.GetLowerBound(0) != 0 || matrix.GetLowerBound(1) != 0) ThrowBound();
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(matrix)), matrix.Length);
    }

    /// <inheritdoc cref="Elements{T}(T[,])"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Elements<T>(T[,,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.GetLowerBound(0) != 0 || matrix.GetLowerBound(1) != 0 || matrix.GetLowerBound(2) != 0) ThrowBound();
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(matrix)), matrix.Length);
    }

    /// <summary>Requires that two matrices have the same shape.</summary>
    /// <param name="actual">The matrix that is checked.</param>
    /// <param name="expected">The matrix whose shape it must have.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <param name="like">The name of the parameter whose shape is expected.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="ArgumentException">The shapes differ; the message names both parameters and both shapes.</exception>
    public static void SameShape(Array actual, Array expected, string parameter, string like)
    {
        ArgumentNullException.ThrowIfNull(expected, like);
        ArgumentNullException.ThrowIfNull(actual, parameter);
        for (var axis = 0; axis < expected.Rank; axis++)
        {
            if (actual.GetLength(axis) != expected.GetLength(axis)) ThrowShape(actual, expected, parameter, like);
        }
    }

    /// <summary>Multiplies two lengths.</summary>
    /// <param name="first">The one length.</param>
    /// <param name="second">The other length.</param>
    /// <returns>The product; -1 if a length is negative or the product is more than an array can hold.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(int first, int second)
    {
        var product = (long)first * second;
        return (first | second) >= 0 && product <= int.MaxValue ? (int)product : -1;
    }

    /// <summary>Requires that a loop's indices are in range.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="end">The number after the last index; no more than the first if there is none.</param>
    /// <param name="length">The length of the axis.</param>
    /// <exception cref="IndexOutOfRangeException">There is an index without an element.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Indices(int first, int end, int length)
    {
        if (first < end && (first < 0 || end > length)) ThrowRange();
    }

    /// <summary>Requires that a loop's indices are in range.</summary>
    /// <param name="first">The first index.</param>
    /// <param name="last">The last index; less than the first if there is none.</param>
    /// <param name="length">The length of the axis.</param>
    /// <exception cref="IndexOutOfRangeException">There is an index without an element.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IndicesThrough(int first, int last, int length)
    {
        if (first <= last && (first < 0 || last >= length)) ThrowRange();
    }

    [DoesNotReturn]
    private static void ThrowBound() => throw new ArgumentException("The indices of a matrix must start at 0.");

    [DoesNotReturn]
    private static void ThrowShape(Array actual, Array expected, string parameter, string like) => throw new ArgumentException(
        $"'{parameter}' has shape {ShapeOf(actual)}; it must have shape {ShapeOf(expected)}, like '{like}'.", parameter);

    private static string ShapeOf(Array array)
    {
        var lengths = new nint[array.Rank];
        for (var axis = 0; axis < lengths.Length; axis++) lengths[axis] = array.GetLength(axis);
        return AxisShape.Text(lengths);
    }
}
