using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// At each place the element of one of n arrays, by a soft index: destination[…] = Σⱼ choices[j, …] softIndex[…, j].
    /// </summary>
    /// <remarks>
    /// Linear in each input, so smooth everywhere. A probability of 0 does not hide an element that is infinite or NaN. Products are
    /// added up in the vector registers, so the last bits depend on the machine. Outputs may lie in the memory of inputs, but not in
    /// that of each other.
    /// </remarks>
    /// <param name="softIndex">The soft indices, of shape (…, n).</param>
    /// <param name="choices">
    /// The arrays, of shape (n, …). An axis other than that of n has the length it has in <paramref name="softIndex"/>, or in one of
    /// the two the length 1, and is then repeated.
    /// </param>
    /// <param name="destination">Receives the result, of shape (…); (1) where that would be no axis at all.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is nothing to select from; nothing is written.</exception>
    [SoftOperator, CustomVjp(nameof(ChooseBackward)), CustomJvp(nameof(ChooseTangent))]
    public static void Choose(
        in ReadOnlyTensorSpan<double> softIndex, in ReadOnlyTensorSpan<double> choices, in TensorSpan<double> destination) =>
        WeightedRows<double, Average<double>>.Value(
            SelectionPlan.Choose(softIndex, choices, stackalloc nint[SelectionPlan.Storage(choices.Rank)]),
            choices, softIndex, destination);

    /// <summary>One of n numbers, by a soft index: Σⱼ choices[j] softIndex[j].</summary>
    /// <remarks>Linear in each input. A probability of 0 does not hide a number that is infinite or NaN.</remarks>
    /// <param name="softIndex">The soft index, of length n.</param>
    /// <param name="choices">The numbers, of length n.</param>
    /// <returns>The average.</returns>
    /// <exception cref="ArgumentException">The inputs are empty or differ in length.</exception>
    [SoftOperator, CustomVjp(nameof(ChooseBackward)), CustomJvp(nameof(ChooseTangent))]
    public static double Choose(ReadOnlySpan<double> softIndex, ReadOnlySpan<double> choices) =>
        ChosenNumber.Value(softIndex, choices);
}
