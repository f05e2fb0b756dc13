using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// The element at a soft index along an axis, the same for all rows: destination[…] = Σⱼ x[…, j, …] softIndex[j].
    /// </summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="x">The elements, of shape (…, n, …) with n along the axis.</param>
    /// <param name="softIndex">The soft index, of length n.</param>
    /// <param name="destination">
    /// Receives the result: of the shape of <paramref name="x"/> with the axis of length 1, or without it ((1) where that would be no axis
    /// at all).
    /// </param>
    /// <param name="axis">The axis, counted from the end if negative.</param>
    /// <param name="keepDims">Whether the axis stays, with the length 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to select from; nothing is written.</exception>
    [SoftOperator, CustomVjp(nameof(DynamicIndexInDimBackward)), CustomJvp(nameof(DynamicIndexInDimTangent))]
    public static void DynamicIndexInDim(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softIndex, in TensorSpan<double> destination, int axis = 0,
        bool keepDims = true) =>
        WeightedRows<double, Average<double>>.Value(
            SelectionPlan.Index(x, softIndex.Length, axis, keepDims, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, new(softIndex), destination);
}
