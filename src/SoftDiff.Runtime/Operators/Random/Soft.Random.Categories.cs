using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
        /// <summary>Soft samples of categories given the noise: the soft index of the largest of logits + noise.</summary>
        /// <remarks>
        /// <para>Without <paramref name="replace"/>, the soft indices of the k largest, so that no category comes twice.</para>
        /// <para>
        /// Logits of -∞ or NaN stand for impossible categories: they are replaced by m - max(|m|, 1000), with m the smallest finite logit
        /// of the row, as a constant.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="logits">The logits of n categories: logarithms of probabilities, up to a constant.</param>
        /// <param name="gumbel">
        /// Standard Gumbel noise, n numbers for each sample; without <paramref name="replace"/> n numbers. See <see
        /// cref="SoftRandom.Gumbel(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives n probabilities for each sample.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <param name="replace">Whether samples are drawn independently; otherwise each category is drawn at most once.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(CategoricalBackward)), CustomJvp(nameof(CategoricalTangent))]
        public static void Categorical(
            ReadOnlySpan<double> logits, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false,
            bool replace = true) =>
            new CategoricalForm<double>(new(softness, mode, method, standardize), replace, 0)
                .Value(Samples.Row(logits), Samples.Noise(gumbel, logits.Length, replace), Samples.Of(destination, logits.Length));

        /// <summary>Soft samples of categories given the noise: the soft index of the largest of logits + noise.</summary>
        /// <remarks>
        /// <para>Without <paramref name="replace"/>, the soft indices of the k largest, so that no category comes twice.</para>
        /// <para>
        /// Logits of -∞ or NaN stand for impossible categories: they are replaced by m - max(|m|, 1000), with m the smallest finite logit
        /// of the row, as a constant.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="logits">The logits, of any shape with n categories along the axis.</param>
        /// <param name="gumbel">
        /// Standard Gumbel noise, of the shape of the logits with that of the samples before it; without <paramref name="replace"/> of
        /// the shape of the logits.
        /// </param>
        /// <param name="destination">
        /// Receives the soft indices: of the shape of the samples (without <paramref name="replace"/> an axis of k samples), then that of
        /// the logits without the axis, then an axis of length n.
        /// </param>
        /// <param name="axis">The axis, counted from the end if negative.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <param name="replace">Whether samples are drawn independently; otherwise each category is drawn at most once.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// There is no such axis; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(CategoricalBackward)), CustomJvp(nameof(CategoricalTangent))]
        public static void Categorical(
            in ReadOnlyTensorSpan<double> logits, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel,
            in TensorSpan<double> destination, int axis = -1, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false, bool replace = true) =>
            new CategoricalForm<double>(new(softness, mode, method, standardize), replace, axis)
                .Value(logits, gumbel, destination);

        /// <summary>Soft samples of categories: the soft index of the largest of logits + Gumbel noise.</summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>Without <paramref name="replace"/>, the soft indices of the k largest, so that no category comes twice.</para>
        /// <para>
        /// Logits of -∞ or NaN stand for impossible categories: they are replaced by m - max(|m|, 1000), with m the smallest finite logit
        /// of the row, as a constant.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0 for what decides which.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="logits">The logits, of any shape with n categories along the axis.</param>
        /// <param name="destination">
        /// Receives the soft indices: of the shape of the samples (without <paramref name="replace"/> an axis of k samples), then that of
        /// the logits without the axis, then an axis of length n.
        /// </param>
        /// <param name="axis">The axis, counted from the end if negative.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether logits and noise together are squashed before they are compared. Samplers do without.</param>
        /// <param name="replace">Whether samples are drawn independently; otherwise each category is drawn at most once.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// There is no such axis; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(CategoricalBackward)), CustomJvp(nameof(CategoricalTangent))]
        public static void Categorical(
            SoftRandom random, in ReadOnlyTensorSpan<double> logits, in TensorSpan<double> destination, int axis = -1,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false,
            bool replace = true) =>
            new CategoricalForm<double>(new(softness, mode, method, standardize), replace, axis)
                .Value(random, logits, destination);

        /// <summary>
        /// The soft number of times that each category occurs among some trials, given the noise: the sum of the soft indices of as many
        /// samples with the logits ln p.
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
        [SoftOperator, CustomVjp(nameof(MultinomialBackward)), CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(new(p), Samples.Of(gumbel, p.Length), new(destination));

        /// <summary>
        /// The soft number of times that each category occurs among some trials, given the noise: the sum of the soft indices of as many
        /// samples with the logits ln p.
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
        [SoftOperator, CustomVjp(nameof(MultinomialBackward)), CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel, in TensorSpan<double> destination,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(p, gumbel, destination);

        /// <summary>
        /// The soft number of times that each category occurs among some trials: the sum of the soft indices of as many samples with the
        /// logits ln p.
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
        [SoftOperator, CustomVjp(nameof(MultinomialBackward)), CustomJvp(nameof(MultinomialTangent))]
        public static void Multinomial(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Value(random, p, trials, destination);
    }
}
