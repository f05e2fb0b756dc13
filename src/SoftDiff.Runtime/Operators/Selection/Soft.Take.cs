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
    [SoftOperator, CustomVjp(nameof(TakeBackward)), CustomJvp(nameof(TakeTangent))]
    public static void Take(
        in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> softIndex, in TensorSpan<double> destination,
        int? axis = null) =>
        WeightedRows<double, Average<double>>.Value(
            SelectionPlan.Take(x, softIndex, axis, stackalloc nint[SelectionPlan.Storage(x.Rank)]), x, softIndex, destination);

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
    [SoftOperator, CustomVjp(nameof(TakeBackward)), CustomJvp(nameof(TakeTangent))]
    public static void Take(ReadOnlySpan<double> x, ReadOnlySpan<double> softIndex, Span<double> destination) =>
        RowSelection<double, Average<double>>.Value(x, softIndex, destination, SelectionNames.OfElements);
}
