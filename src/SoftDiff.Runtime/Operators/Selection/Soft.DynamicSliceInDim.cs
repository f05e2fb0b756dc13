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
    [SoftOperator]
    [CustomVjp(nameof(DynamicSliceInDimBackward))]
    [CustomJvp(nameof(DynamicSliceInDimTangent))]
    public static void DynamicSliceInDim(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softStartIndex, in TensorSpan<double> destination, int axis = 0) =>
        WeightedRows<double, CircularSlice<double>>.Value(
            SelectionPlan.Slice(x, softStartIndex.Length, axis, destination.Lengths, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, new ReadOnlyTensorSpan<double>(softStartIndex), destination);

    /// <summary>
    /// The value of <see cref="DynamicSliceInDim(in ReadOnlyTensorSpan{double}, ReadOnlySpan{double}, in TensorSpan{double}, int)"/>
    /// and the cotangents of its inputs.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softStartIndex">The soft index.</param>
    /// <param name="destination">Receives the result; may be empty if it is not wanted.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dX">Receives the cotangent of <paramref name="x"/>.</param>
    /// <param name="dSoftStartIndex">Receives the cotangent of <paramref name="softStartIndex"/>.</param>
    /// <param name="axis">The axis.</param>
    /// <inheritdoc cref="DynamicSliceInDim(in ReadOnlyTensorSpan{double}, ReadOnlySpan{double}, in TensorSpan{double}, int)"
    /// path="/exception"/>
    [CustomVjp(nameof(DynamicSliceInDimVjpBackward))]
    [CustomJvp(nameof(DynamicSliceInDimVjpTangent))]
    public static void DynamicSliceInDimVjp(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softStartIndex, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dX, Span<double> dSoftStartIndex, int axis = 0) =>
        WeightedRows<double, CircularSlice<double>>.Vjp(
            SelectionPlan.Slice(x, softStartIndex.Length, axis, cDestination.Lengths, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, new ReadOnlyTensorSpan<double>(softStartIndex), destination, cDestination, dX, new TensorSpan<double>(dSoftStartIndex));

    /// <summary>
    /// The value of <see cref="DynamicSliceInDim(in ReadOnlyTensorSpan{double}, ReadOnlySpan{double}, in TensorSpan{double}, int)"/>
    /// and its tangent.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softStartIndex">The soft index.</param>
    /// <param name="destination">Receives the result.</param>
    /// <param name="tX">The tangent of <paramref name="x"/>.</param>
    /// <param name="tSoftStartIndex">The tangent of <paramref name="softStartIndex"/>.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    /// <param name="axis">The axis.</param>
    /// <inheritdoc cref="DynamicSliceInDim(in ReadOnlyTensorSpan{double}, ReadOnlySpan{double}, in TensorSpan{double}, int)"
    /// path="/exception"/>
    public static void DynamicSliceInDimJvp(
        in ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> softStartIndex, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX, ReadOnlySpan<double> tSoftStartIndex, in TensorSpan<double> tDestination, int axis = 0) =>
        WeightedRows<double, CircularSlice<double>>.Jvp(
            SelectionPlan.Slice(x, softStartIndex.Length, axis, destination.Lengths, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, new ReadOnlyTensorSpan<double>(softStartIndex), destination, tX,
            new ReadOnlyTensorSpan<double>(tSoftStartIndex), tDestination);

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
    [SoftOperator]
    [CustomVjp(nameof(DynamicSliceInDimBackward))]
    [CustomJvp(nameof(DynamicSliceInDimTangent))]
    public static void DynamicSliceInDim(ReadOnlySpan<double> x, ReadOnlySpan<double> softStartIndex, Span<double> destination) =>
        RowSelection<double, CircularSlice<double>>.Value(x, softStartIndex, destination, SelectionNames.OfStart);

    /// <summary>
    /// The value of <see cref="DynamicSliceInDim(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> and the cotangents of its
    /// inputs.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softStartIndex">The probabilities.</param>
    /// <param name="destination">Receives the result; may be empty if it is not wanted.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dX">Receives the cotangent of <paramref name="x"/>.</param>
    /// <param name="dSoftStartIndex">Receives the cotangent of <paramref name="softStartIndex"/>.</param>
    /// <inheritdoc cref="DynamicSliceInDim(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/exception"/>
    [CustomVjp(nameof(DynamicSliceInDimVjpBackward))]
    [CustomJvp(nameof(DynamicSliceInDimVjpTangent))]
    public static void DynamicSliceInDimVjp(
        ReadOnlySpan<double> x, ReadOnlySpan<double> softStartIndex, Span<double> destination, ReadOnlySpan<double> cDestination,
        Span<double> dX,
        Span<double> dSoftStartIndex) =>
        RowSelection<double, CircularSlice<double>>.Vjp(x, softStartIndex, destination, cDestination, dX, dSoftStartIndex,
            SelectionNames.OfStart);

    /// <summary>
    /// The value of <see cref="DynamicSliceInDim(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> and its tangent.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softStartIndex">The probabilities.</param>
    /// <param name="destination">Receives the result.</param>
    /// <param name="tX">The tangent of <paramref name="x"/>.</param>
    /// <param name="tSoftStartIndex">The tangent of <paramref name="softStartIndex"/>.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    /// <inheritdoc cref="DynamicSliceInDim(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/exception"/>
    public static void DynamicSliceInDimJvp(
        ReadOnlySpan<double> x, ReadOnlySpan<double> softStartIndex, Span<double> destination, ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tSoftStartIndex, Span<double> tDestination) =>
        RowSelection<double, CircularSlice<double>>.Jvp(x, softStartIndex, destination, tX, tSoftStartIndex, tDestination,
            SelectionNames.OfStart);
}
