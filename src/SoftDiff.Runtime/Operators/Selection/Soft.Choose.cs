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
    [SoftOperator]
    [CustomVjp(nameof(ChooseBackward))]
    [CustomJvp(nameof(ChooseTangent))]
    public static void Choose(
        in ReadOnlyTensorSpan<double> softIndex, in ReadOnlyTensorSpan<double> choices, in TensorSpan<double> destination) =>
        WeightedRows<double, Average<double>>.Value(
            SelectionPlan.Choose(softIndex, choices, stackalloc nint[SelectionPlan.Storage(choices.Rank)]),
            choices, softIndex, destination);

    /// <summary>
    /// The value of <see cref="Choose(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/>
    /// and the cotangents of its inputs.
    /// </summary>
    /// <param name="softIndex">The soft indices.</param>
    /// <param name="choices">The arrays.</param>
    /// <param name="destination">Receives the result; may be empty if it is not wanted.</param>
    /// <param name="cDestination">The cotangent of the result.</param>
    /// <param name="dSoftIndex">Receives the cotangent of <paramref name="softIndex"/>.</param>
    /// <param name="dChoices">Receives the cotangent of <paramref name="choices"/>.</param>
    /// <inheritdoc cref="Choose(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/exception"/>
    [CustomVjp(nameof(ChooseVjpBackward))]
    [CustomJvp(nameof(ChooseVjpTangent))]
    public static void ChooseVjp(
        in ReadOnlyTensorSpan<double> softIndex, in ReadOnlyTensorSpan<double> choices, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dSoftIndex, in TensorSpan<double> dChoices) =>
        WeightedRows<double, Average<double>>.Vjp(
            SelectionPlan.Choose(softIndex, choices, stackalloc nint[SelectionPlan.Storage(choices.Rank)]),
            choices, softIndex, destination, cDestination, dChoices, dSoftIndex);

    /// <summary>
    /// The value of <see cref="Choose(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})"/>
    /// and its tangent.
    /// </summary>
    /// <param name="softIndex">The soft indices.</param>
    /// <param name="choices">The arrays.</param>
    /// <param name="destination">Receives the result.</param>
    /// <param name="tSoftIndex">The tangent of <paramref name="softIndex"/>.</param>
    /// <param name="tChoices">The tangent of <paramref name="choices"/>.</param>
    /// <param name="tDestination">Receives the tangent of the result.</param>
    /// <inheritdoc cref="Choose(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double})" path="/exception"/>
    public static void ChooseJvp(
        in ReadOnlyTensorSpan<double> softIndex, in ReadOnlyTensorSpan<double> choices, in TensorSpan<double> destination,
        in ReadOnlyTensorSpan<double> tSoftIndex, in ReadOnlyTensorSpan<double> tChoices, in TensorSpan<double> tDestination) =>
        WeightedRows<double, Average<double>>.Jvp(
            SelectionPlan.Choose(softIndex, choices, stackalloc nint[SelectionPlan.Storage(choices.Rank)]),
            choices, softIndex, destination, tChoices, tSoftIndex, tDestination);

    /// <summary>One of n numbers, by a soft index: Σⱼ choices[j] softIndex[j].</summary>
    /// <remarks>Linear in each input. A probability of 0 does not hide a number that is infinite or NaN.</remarks>
    /// <param name="softIndex">The soft index, of length n.</param>
    /// <param name="choices">The numbers, of length n.</param>
    /// <returns>The average.</returns>
    /// <exception cref="ArgumentException">The inputs are empty or differ in length.</exception>
    [SoftOperator]
    [CustomVjp(nameof(ChooseBackward))]
    [CustomJvp(nameof(ChooseTangent))]
    public static double Choose(ReadOnlySpan<double> softIndex, ReadOnlySpan<double> choices) =>
        ChosenNumber.Value(softIndex, choices);

    /// <summary>The value of <see cref="Choose(ReadOnlySpan{double}, ReadOnlySpan{double})"/> and the cotangents of its inputs.</summary>
    /// <param name="softIndex">The soft index.</param>
    /// <param name="choices">The numbers.</param>
    /// <param name="cResult">The cotangent of the result.</param>
    /// <param name="dSoftIndex">Receives the cotangent of <paramref name="softIndex"/>.</param>
    /// <param name="dChoices">Receives the cotangent of <paramref name="choices"/>.</param>
    /// <returns>The value.</returns>
    /// <inheritdoc cref="Choose(ReadOnlySpan{double}, ReadOnlySpan{double})" path="/exception"/>
    [CustomVjp(nameof(ChooseVjpBackward))]
    [CustomJvp(nameof(ChooseVjpTangent))]
    public static double ChooseVjp(
        ReadOnlySpan<double> softIndex, ReadOnlySpan<double> choices, double cResult, Span<double> dSoftIndex, Span<double> dChoices) =>
        ChosenNumber.Vjp(softIndex, choices, cResult, dSoftIndex, dChoices);

    /// <summary>The value of <see cref="Choose(ReadOnlySpan{double}, ReadOnlySpan{double})"/> and its tangent.</summary>
    /// <param name="softIndex">The soft index.</param>
    /// <param name="choices">The numbers.</param>
    /// <param name="tSoftIndex">The tangent of <paramref name="softIndex"/>.</param>
    /// <param name="tChoices">The tangent of <paramref name="choices"/>.</param>
    /// <param name="tResult">The tangent of the result.</param>
    /// <returns>The value.</returns>
    /// <inheritdoc cref="Choose(ReadOnlySpan{double}, ReadOnlySpan{double})" path="/exception"/>
    public static double ChooseJvp(
        ReadOnlySpan<double> softIndex, ReadOnlySpan<double> choices, ReadOnlySpan<double> tSoftIndex, ReadOnlySpan<double> tChoices,
        out double tResult)
    {
        var value = ChosenNumber.Value(softIndex, choices);
        Shape.SameLength(tSoftIndex.Length, softIndex.Length, nameof(tSoftIndex), nameof(softIndex));
        Shape.SameLength(tChoices.Length, choices.Length, nameof(tChoices), nameof(choices));
        tResult = ChosenNumber.Value(tSoftIndex, choices) + ChosenNumber.Value(softIndex, tChoices);
        return value;
    }
}
