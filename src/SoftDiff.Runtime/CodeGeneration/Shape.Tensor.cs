using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>Requires that two tensors have the same lengths.</summary>
    /// <param name="actual">The lengths of the argument that is checked.</param>
    /// <param name="expected">The lengths it must have.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <param name="like">The name of the parameter whose lengths are expected.</param>
    /// <exception cref="ArgumentException">The lengths differ; the message names both parameters and both shapes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Same(ReadOnlySpan<nint> actual, ReadOnlySpan<nint> expected, string parameter, string like)
    {
        if (!actual.SequenceEqual(expected)) ThrowShape(actual, expected, parameter, like);
    }

    /// <summary>Requires that a tensor has the given number of axes.</summary>
    /// <param name="lengths">The lengths of the argument that is checked.</param>
    /// <param name="rank">The number of axes it must have.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <exception cref="ArgumentException">It has another number of axes; the message names the parameter and its shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Rank(ReadOnlySpan<nint> lengths, int rank, string parameter)
    {
        if (lengths.Length != rank) ThrowRank(lengths, rank, parameter);
    }

    /// <summary>Returns an index along an axis of a tensor, after a check that it is in range.</summary>
    /// <param name="index">The index.</param>
    /// <param name="length">The length of the axis.</param>
    /// <returns>The index.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Index(int index, int length)
    {
        if ((uint)index >= (uint)length) ThrowRange();
        return index;
    }

    /// <summary>Returns the memory from the first element of a tensor to its last one, gaps included.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="tensor">The tensor.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="ArgumentException">The memory is longer than a span can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Memory<T>(in ReadOnlyTensorSpan<T> tensor, string parameter) => TensorMemory.Of(tensor, parameter);

    [DoesNotReturn]
    private static void ThrowShape(ReadOnlySpan<nint> actual, ReadOnlySpan<nint> expected, string parameter, string like) =>
        throw new ArgumentException(
            $"'{parameter}' has shape {AxisShape.Text(actual)}; it must have shape {AxisShape.Text(expected)}, like '{like}'.", parameter);

    [DoesNotReturn]
    private static void ThrowRank(ReadOnlySpan<nint> lengths, int rank, string parameter) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{parameter}' has shape {AxisShape.Text(lengths)}; it must have {rank} axes, since its elements have {rank} indices."),
        parameter);
}
