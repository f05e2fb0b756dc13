using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
        /// <summary>
        /// How often each category comes in some trials, softly, given the noise: the sum of the soft indices of as many samples with the
        /// logits ln p.
        /// </summary>
        /// <remarks>
        /// <para>
        /// The sum of <see cref="Categorical(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int,
        /// double, SoftMode, SortMethod, bool, bool)"/> over the first axis of the noise. A category with p = 0 is impossible; its
        /// derivative is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="p">The probabilities of the categories, up to a factor.</param>
        /// <param name="gumbel">
        /// Standard Gumbel noise, for one trial after the other as many numbers as categories. See <see
        /// cref="SoftRandom.Gumbel(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives the counts, as many as categories.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// A probability is negative or not finite; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(MultinomialBackward))]
        [CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(new(p), Samples.Of(gumbel, p.Length), new(destination));

        /// <summary>
        /// How often each category comes in some trials, softly, given the noise: the sum of the soft indices of as many samples with the
        /// logits ln p.
        /// </summary>
        /// <remarks>
        /// <para>
        /// The sum of <see cref="Categorical(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int,
        /// double, SoftMode, SortMethod, bool, bool)"/> over the first axis of the noise. A category with p = 0 is impossible; its
        /// derivative is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="p">The probabilities of the categories along the last axis, up to a factor; of any shape.</param>
        /// <param name="gumbel">Standard Gumbel noise, of an axis of trials and then the shape of the probabilities.</param>
        /// <param name="destination">Receives the counts, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// A probability is negative or not finite; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(MultinomialBackward))]
        [CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel, in TensorSpan<double> destination,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(p, gumbel, destination);

        /// <summary>
        /// How often each category comes in some trials, softly,: the sum of the soft indices of as many samples with the logits ln p.
        /// </summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>
        /// The sum of <see cref="Categorical(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, int,
        /// double, SoftMode, SortMethod, bool, bool)"/> over the first axis of the noise. A category with p = 0 is impossible; its
        /// derivative is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="p">The probabilities of the categories along the last axis, up to a factor; of any shape.</param>
        /// <param name="trials">How many trials, at least 1.</param>
        /// <param name="destination">Receives the counts, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="trials"/> is less than 1, or a probability is negative or not finite; or <paramref name="softness"/> is not more
        /// than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(MultinomialBackward))]
        [CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(random, p, trials, destination);
    }
}
