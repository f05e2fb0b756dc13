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
        /// <see cref="Multinomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod, bool)"/> in
        /// reverse mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/> is overwritten with that
        /// of <paramref name="p"/>, and that of the softness is returned. <paramref name="destination"/> is empty if the result is not
        /// wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(MultinomialVjpBackward))]
        [CustomJvp(nameof(MultinomialVjpTangent))]
        public static double MultinomialVjp(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination,
            ReadOnlySpan<double> cDestination, Span<double> dP, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Vjp(new(p), Samples.Of(gumbel, p.Length), new(destination), new(cDestination), new(dP));

        /// <summary>
        /// <see cref="Multinomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod, bool)"/> in
        /// forward mode: the result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>, <paramref
        /// name="tDestination"/> receives that of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        public static void MultinomialJvp(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination, ReadOnlySpan<double> tP,
            Span<double> tDestination, double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort,
            bool standardize = false, double tSoftness = 0) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Jvp(new(p), Samples.Of(gumbel, p.Length), new(destination), new(tP), new(tDestination), tSoftness);

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
        /// <see cref="Multinomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode,
        /// SortMethod, bool)"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/>
        /// is overwritten with that of <paramref name="p"/>, and that of the softness is returned. <paramref name="destination"/> is
        /// empty if the result is not wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(MultinomialVjpBackward))]
        [CustomJvp(nameof(MultinomialVjpTangent))]
        public static double MultinomialVjp(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dP, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Vjp(p, gumbel, destination, cDestination, dP);

        /// <summary>
        /// <see cref="Multinomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode,
        /// SortMethod, bool)"/> in forward mode: the result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>,
        /// <paramref name="tDestination"/> receives that of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        public static void MultinomialJvp(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> tP, in TensorSpan<double> tDestination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false, double tSoftness = 0) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Jvp(p, gumbel, destination, tP, tDestination, tSoftness);

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

        /// <summary>
        /// <see cref="Multinomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode, SortMethod,
        /// bool)"/> in reverse mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/> is
        /// overwritten with that of <paramref name="p"/>, and that of the softness is returned. <paramref name="destination"/> is empty
        /// if the result is not wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(MultinomialVjpBackward))]
        [CustomJvp(nameof(MultinomialVjpTangent))]
        public static double MultinomialVjp(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dP, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Vjp(random, p, trials, destination, cDestination, dP);

        /// <summary>
        /// <see cref="Multinomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode, SortMethod,
        /// bool)"/> in forward mode: the result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>, <paramref
        /// name="tDestination"/> receives that of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Multinomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode, SortMethod, bool)"
        ///   path="/*[not(self::summary)]"/>
        public static void MultinomialJvp(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> tP, in TensorSpan<double> tDestination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false, double tSoftness = 0) =>
            new MultinomialForm<double>(new(softness, mode, method, standardize))
                .Jvp(random, p, trials, destination, tP, tDestination, tSoftness);
    }
}
