using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
        /// <summary>How many of some trials succeed, each softly, given the noise: Σ less(uniform, p) over the trials.</summary>
        /// <remarks>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s). Its hard sum has the
        /// binomial distribution.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="p">The probabilities. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="uniform">
        /// Uniform noise in [0, 1), for one trial after the other as many numbers as probabilities. See <see
        /// cref="SoftRandom.Uniform(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives the numbers of successes, as many as probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(BinomialBackward))]
        [CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(new(p), Samples.Of(uniform, p.Length), new(destination));

        /// <summary>
        /// <see cref="Binomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode)"/> in reverse mode: for the
        /// cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/> is overwritten with that of <paramref
        /// name="p"/>, and that of the softness is returned. <paramref name="destination"/> is empty if the result is not wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(BinomialVjpBackward))]
        [CustomJvp(nameof(BinomialVjpTangent))]
        public static double BinomialVjp(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination,
            ReadOnlySpan<double> cDestination, Span<double> dP, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Vjp(new(p), Samples.Of(uniform, p.Length), new(destination), new(cDestination), new(dP));

        /// <summary>
        /// <see cref="Binomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode)"/> in forward mode: the
        /// result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/> receives that
        /// of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        public static void BinomialJvp(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination, ReadOnlySpan<double> tP,
            Span<double> tDestination, double softness = 0.1, SoftMode mode = SoftMode.Smooth, double tSoftness = 0) =>
            new BernoulliForm<double>(softness, mode, true)
                .Jvp(new(p), Samples.Of(uniform, p.Length), new(destination), new(tP), new(tDestination), tSoftness);

        /// <summary>How many of some trials succeed, each softly, given the noise: Σ less(uniform, p) over the trials.</summary>
        /// <remarks>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s). Its hard sum has the
        /// binomial distribution.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="p">The probabilities, of any shape. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="uniform">Uniform noise in [0, 1), of an axis of trials and then the shape of the probabilities.</param>
        /// <param name="destination">Receives the numbers of successes, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(BinomialBackward))]
        [CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform,
            in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(p, uniform, destination);

        /// <summary>
        /// <see cref="Binomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"/>
        /// in reverse mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/> is overwritten with
        /// that of <paramref name="p"/>, and that of the softness is returned. <paramref name="destination"/> is empty if the result is
        /// not wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(BinomialVjpBackward))]
        [CustomJvp(nameof(BinomialVjpTangent))]
        public static double BinomialVjp(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform,
            in TensorSpan<double> destination, in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dP,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Vjp(p, uniform, destination, cDestination, dP);

        /// <summary>
        /// <see cref="Binomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"/>
        /// in forward mode: the result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>, <paramref
        /// name="tDestination"/> receives that of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(in ReadOnlyTensorSpan{double}, in ReadOnlyTensorSpan{double}, in TensorSpan{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        public static void BinomialJvp(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform,
            in TensorSpan<double> destination, in ReadOnlyTensorSpan<double> tP, in TensorSpan<double> tDestination,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, double tSoftness = 0) =>
            new BernoulliForm<double>(softness, mode, true)
                .Jvp(p, uniform, destination, tP, tDestination, tSoftness);

        /// <summary>How many of some trials succeed, each softly,: Σ less(uniform, p) over the trials.</summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s). Its hard sum has the
        /// binomial distribution.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="p">The probabilities, of any shape. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="trials">How many trials, at least 1.</param>
        /// <param name="destination">Receives the numbers of successes, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="trials"/> is less than 1, or <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator]
        [CustomVjp(nameof(BinomialBackward))]
        [CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(random, p, trials, destination);

        /// <summary>
        /// <see cref="Binomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode)"/> in reverse
        /// mode: for the cotangent <paramref name="cDestination"/> of the result, <paramref name="dP"/> is overwritten with that of
        /// <paramref name="p"/>, and that of the softness is returned. <paramref name="destination"/> is empty if the result is not
        /// wanted.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        /// <returns>The cotangent of the softness.</returns>
        [CustomVjp(nameof(BinomialVjpBackward))]
        [CustomJvp(nameof(BinomialVjpTangent))]
        public static double BinomialVjp(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> cDestination, in TensorSpan<double> dP, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Vjp(random, p, trials, destination, cDestination, dP);

        /// <summary>
        /// <see cref="Binomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode)"/> in forward
        /// mode: the result. For the tangents <paramref name="tP"/> and <paramref name="tSoftness"/>, <paramref name="tDestination"/>
        /// receives that of the result.
        /// </summary>
        /// <inheritdoc
        ///   cref="Binomial(SoftRandom, in ReadOnlyTensorSpan{double}, int, in TensorSpan{double}, double, SoftMode)"
        ///   path="/*[not(self::summary)]"/>
        public static void BinomialJvp(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination,
            in ReadOnlyTensorSpan<double> tP, in TensorSpan<double> tDestination, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            double tSoftness = 0) =>
            new BernoulliForm<double>(softness, mode, true)
                .Jvp(random, p, trials, destination, tP, tDestination, tSoftness);
    }
}
