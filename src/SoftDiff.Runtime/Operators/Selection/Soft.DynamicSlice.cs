using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// A part of an array, from a soft position on along each axis: <see cref="DynamicSliceInDim(in ReadOnlyTensorSpan{double},
    /// ReadOnlySpan{double}, in TensorSpan{double}, int)"/> along the first axis, of that along the second, and so on.
    /// </summary>
    /// <remarks>
    /// Linear in the array and in each soft index, so smooth everywhere; a slice wraps around at the end of an axis.
    /// Outputs may lie in the memory of inputs, but not in that of each other.
    /// </remarks>
    /// <param name="x">The array, of any shape.</param>
    /// <param name="softStartIndex">
    /// The soft index of the first element of the part for each axis, one after the other: as many numbers as the lengths of all axes add
    /// up to.
    /// </param>
    /// <param name="destination">Receives the part; its lengths, at most those of <paramref name="x"/>, are those of the part.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or <paramref name="x"/> is empty; nothing is written.</exception>
    [SoftOperator, CustomVjp(nameof(DynamicSliceBackward)), CustomJvp(nameof(DynamicSliceTangent))]
    public static void DynamicSlice(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softStartIndex, in TensorSpan<double> destination) =>
        SlicePerAxis<double>.Value(x, softStartIndex, destination);
}
