using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// A part of an array along an axis, from a soft position on: destination[…, t, …] = Σⱼ x[…, (j + t) mod n, …] softStartIndex[j].
    /// </summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. The slice wraps
    /// around: after the last element comes the first, for there is no position at which a soft slice would have to stop. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="x">The elements, of shape (…, n, …) with n along the axis.</param>
    /// <param name="softStartIndex">The soft index of the first element of the part, of length n.</param>
    /// <param name="destination">
    /// Receives the part: of the shape of <paramref name="x"/> but along the axis, where its length, at most n, is that of the part.
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to select from; nothing is written.</exception>
    [SoftOperator, CustomVjp(nameof(DynamicSliceInDimBackward)), CustomJvp(nameof(DynamicSliceInDimTangent))]
    public static void DynamicSliceInDim(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softStartIndex, in TensorSpan<double> destination, int axis = 0) =>
        SliceAlongAxis<double>.Value(x, softStartIndex, destination, axis);

    /// <summary>
    /// A part of a row from a soft position on, which wraps around: destination[t] = Σⱼ x[(j + t) mod n] softStartIndex[j].
    /// </summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="x">The elements, of length n.</param>
    /// <param name="softStartIndex">The soft index of the first element of the part, of length n.</param>
    /// <param name="destination">Receives the part; at most n elements.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty, or the lengths do not fit; nothing is written.</exception>
    [SoftOperator, CustomVjp(nameof(DynamicSliceInDimBackward)), CustomJvp(nameof(DynamicSliceInDimTangent))]
    public static void DynamicSliceInDim(ReadOnlySpan<double> x, ReadOnlySpan<double> softStartIndex, Span<double> destination) =>
        RowSelection<double, CircularSlice<double>>.Value(x, softStartIndex, destination, SelectionNames.OfStart);
}
