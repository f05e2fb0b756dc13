using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// Elements at soft indices along an axis, the same indices for all rows: destination[…, i, …] = Σⱼ x[…, j, …] softIndex[i, j].
    /// </summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="x">The elements, of shape (…, n, …) with n along the axis.</param>
    /// <param name="softIndex">The soft indices, of shape (k, n).</param>
    /// <param name="destination">Receives the result, of shape (…, k, …).</param>
    /// <param name="axis">The axis, counted from the end if negative; null for all elements in row-major order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to select from; nothing is written.</exception>
    [SoftOperator]
    [CustomVjp(nameof(TakeBackward))]
    [CustomJvp(nameof(TakeTangent))]
    public static void Take(
        in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> softIndex, in TensorSpan<double> destination,
        int? axis = null) =>
        WeightedRows<double, Average<double>>.Value(
            SelectionPlan.Take(x, softIndex, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, softIndex, destination);

    /// <summary>
    /// The value of <see cref="Take(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?)"/>
    /// and the cotangents of its inputs.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softIndex">The soft indices.</param>
    /// <param name="destination">Receives the result; may be empty if it is not wanted.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dX">Receives the cotangent of <paramref name="x"/>.</param>
    /// <param name="dSoftIndex">Receives the cotangent of <paramref name="softIndex"/>.</param>
    /// <param name="axis">The axis.</param>
    /// <inheritdoc cref="Take(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?)"
    /// path="/exception"/>
    [CustomVjp(nameof(TakeVjpBackward))]
    [CustomJvp(nameof(TakeVjpTangent))]
    public static void TakeVjp(
        in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> softIndex, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dX, in TensorSpan<double> dSoftIndex, int? axis = null) =>
        WeightedRows<double, Average<double>>.Vjp(
            SelectionPlan.Take(x, softIndex, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, softIndex, destination, cDestination, dX, dSoftIndex);

    /// <summary>
    /// The value of <see cref="Take(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?)"/>
    /// and its tangent.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softIndex">The soft indices.</param>
    /// <param name="destination">Receives the result.</param>
    /// <param name="tX">The tangent of <paramref name="x"/>.</param>
    /// <param name="tSoftIndex">The tangent of <paramref name="softIndex"/>.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    /// <param name="axis">The axis.</param>
    /// <inheritdoc cref="Take(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int?)"
    /// path="/exception"/>
    public static void TakeJvp(
        in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> softIndex, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tX, in ReadOnlyTensorSpan<double> tSoftIndex, in TensorSpan<double> tDestination,
        int? axis = null) =>
        WeightedRows<double, Average<double>>.Jvp(
            SelectionPlan.Take(x, softIndex, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]),
            x, softIndex, destination, tX, tSoftIndex, tDestination);

    /// <summary>Elements of a row at soft indices: destination[i] = Σⱼ x[j] softIndex[i, j].</summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="x">The elements, of length n.</param>
    /// <param name="softIndex">The soft indices, of shape (k, n) row-major.</param>
    /// <param name="destination">Receives the k averages.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty, or the lengths do not fit; nothing is written.</exception>
    [SoftOperator]
    [CustomVjp(nameof(TakeBackward))]
    [CustomJvp(nameof(TakeTangent))]
    public static void Take(ReadOnlySpan<double> x, ReadOnlySpan<double> softIndex, Span<double> destination) =>
        RowSelection<double, Average<double>>.Value(x, softIndex, destination, SelectionNames.OfElements);

    /// <summary>
    /// The value of <see cref="Take(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> and the cotangents of its inputs.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="softIndex">The probabilities.</param>
    /// <param name="destination">Receives the result; may be empty if it is not wanted.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dX">Receives the cotangent of <paramref name="x"/>.</param>
    /// <param name="dSoftIndex">Receives the cotangent of <paramref name="softIndex"/>.</param>
    /// <inheritdoc cref="Take(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/exception"/>
    [CustomVjp(nameof(TakeVjpBackward))]
    [CustomJvp(nameof(TakeVjpTangent))]
    public static void TakeVjp(
        ReadOnlySpan<double> x, ReadOnlySpan<double> softIndex, Span<double> destination, ReadOnlySpan<double> cDestination,
        Span<double> dX,
        Span<double> dSoftIndex) =>
        RowSelection<double, Average<double>>.Vjp(x, softIndex, destination, cDestination, dX, dSoftIndex, SelectionNames.OfElements);

    /// <summary>The value of <see cref="Take(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/> and its tangent.</summary>
    /// <param name="x">The elements.</param>
    /// <param name="softIndex">The probabilities.</param>
    /// <param name="destination">Receives the result.</param>
    /// <param name="tX">The tangent of <paramref name="x"/>.</param>
    /// <param name="tSoftIndex">The tangent of <paramref name="softIndex"/>.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    /// <inheritdoc cref="Take(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})" path="/exception"/>
    public static void TakeJvp(
        ReadOnlySpan<double> x, ReadOnlySpan<double> softIndex, Span<double> destination, ReadOnlySpan<double> tX,
        ReadOnlySpan<double> tSoftIndex, Span<double> tDestination) =>
        RowSelection<double, Average<double>>.Jvp(x, softIndex, destination, tX, tSoftIndex, tDestination, SelectionNames.OfElements);
}
