using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SoftDiff;

public static partial class Shape
{
    /// <summary>The number of elements that an argument holds for each example of a batch.</summary>
    /// <param name="length">The length of the argument.</param>
    /// <param name="batch">The number of examples. Nothing is required of the arguments of an empty batch.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <returns>The length of one example's part; 0 for an empty batch.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the number of examples; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RowLength(int length, int batch, string parameter)
    {
        if (batch == 0) return 0;
        var row = length / batch;
        if (row * batch != length) ThrowRows(length, batch, parameter);
        return row;
    }

    /// <summary>The number of elements that a tensor holds for each example of a batch, which runs along its first axis.</summary>
    /// <param name="lengths">The lengths of the tensor.</param>
    /// <param name="batch">The number of examples. Nothing but an axis is required of the arguments of an empty batch.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <returns>The product of the other lengths.</returns>
    /// <exception cref="ArgumentException">The first length is not the number of examples; the message names both.</exception>
    /// <exception cref="OverflowException">One example has more elements than a span holds.</exception>
    public static int RowLength(ReadOnlySpan<nint> lengths, int batch, string parameter)
    {
        if (lengths.IsEmpty || (batch != 0 && lengths[0] != batch)) ThrowExamples(lengths, batch, parameter);
        nint row = 1;
        foreach (var length in lengths[1..]) row = checked(row * length);
        return checked((int)row);
    }

    /// <summary>Requires that an argument holds one element for each example of a batch.</summary>
    /// <param name="length">The length of the argument.</param>
    /// <param name="batch">The number of examples. Nothing is required of the arguments of an empty batch.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <exception cref="ArgumentException">The length is another; the message names both.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OnePerExample(int length, int batch, string parameter)
    {
        if (length != batch && batch != 0) ThrowElements(length, batch, parameter);
    }

    /// <summary>Requires that an argument holds as many elements for each example of a batch as another one holds for all of them.</summary>
    /// <param name="length">The length of the argument that is checked.</param>
    /// <param name="batch">The number of examples. Nothing is required of the arguments of an empty batch.</param>
    /// <param name="row">The length of the other argument.</param>
    /// <param name="parameter">The name of the parameter that is checked.</param>
    /// <param name="like">The name of the other parameter.</param>
    /// <exception cref="ArgumentException">The length is another; the message names both parameters and their lengths.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RowsLike(int length, int batch, int row, string parameter, string like)
    {
        if (length != (long)batch * row && batch != 0) ThrowRowsLike(length, batch, row, parameter, like);
    }

    [DoesNotReturn]
    private static void ThrowRows(int length, int batch, string parameter) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"'{parameter}' has length {length}, which is no multiple of the {batch} examples of the batch."),
        parameter);

    [DoesNotReturn]
    private static void ThrowElements(int length, int batch, string parameter) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture, $"'{parameter}' has length {length}; it must have length {batch}, one element for each example of the batch."),
        parameter);

    [DoesNotReturn]
    private static void ThrowRowsLike(int length, int batch, int row, string parameter, string like) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{parameter}' has length {length}; it must have length {(long)batch * row}, for each of {batch} examples the length {row} of '{like}'."),
        parameter);

    [DoesNotReturn]
    private static void ThrowExamples(ReadOnlySpan<nint> lengths, int batch, string parameter) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{parameter}' has shape {AxisShape.Text(lengths)}; its first axis must have length {batch}, one part for each example of the batch."),
        parameter);
}
