using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>The memory between the first and the last element of a tensor, which its strides step through.</summary>
internal static class TensorMemory
{
    // A tensor without elements may have strides 0 and no address. Tensors of its shape can only be made of memory with an address.
    public static ReadOnlySpan<T> Of<T>(in ReadOnlyTensorSpan<T> tensor, string parameter) => tensor.IsEmpty
        ? Array.Empty<T>()
        : MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), Extent(tensor, parameter));

    /// <summary>
    /// As for a source. Elements that share memory (a stride is 0) are refused, because each element must be written once.
    /// </summary>
    public static Span<T> Of<T>(in TensorSpan<T> tensor, string parameter)
    {
        if (tensor.IsEmpty) return Array.Empty<T>();
        for (var d = 0; d < tensor.Rank; d++)
        {
            if (tensor.Strides[d] == 0 && tensor.Lengths[d] > 1) ThrowRepeated(d, parameter);
        }

        return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), Extent<T>(tensor, parameter));
    }

    private static int Extent<T>(in ReadOnlyTensorSpan<T> tensor, string parameter)
    {
        var extent = Int128.One;
        for (var d = 0; d < tensor.Rank; d++) extent += (Int128)(tensor.Lengths[d] - 1) * tensor.Strides[d];
        if (extent > int.MaxValue) ThrowTooLarge(extent, parameter);
        return (int)extent;
    }

    [DoesNotReturn]
    private static void ThrowRepeated(int dimension, string parameter) =>
        throw new ArgumentException($"'{parameter}' repeats one element along the axis {dimension}; it cannot be written.", parameter);

    [DoesNotReturn]
    private static void ThrowTooLarge(Int128 extent, string parameter) => throw new ArgumentException(
        FormattableString.Invariant($"'{parameter}' reaches over {extent} elements of memory; at most {int.MaxValue} are supported."),
        parameter);
}
