using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
        /// <summary>Soft events given the noise: less(uniform, p), near 1 with probability p and near 0 otherwise.</summary>
        /// <remarks>
        /// <para>less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s).</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="p">The probabilities. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="uniform">
        /// Uniform noise in [0, 1), as many numbers as probabilities. See <see cref="SoftRandom.Uniform(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives the truth values, as many as probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(BernoulliBackward)), CustomJvp(nameof(BernoulliTangent))]
        public static void Bernoulli(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, false)
                .Value(new(p), new(uniform), new(destination));

        /// <summary>Soft events given the noise: less(uniform, p), near 1 with probability p and near 0 otherwise.</summary>
        /// <remarks>
        /// <para>less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s).</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="p">The probabilities, of any shape. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="uniform">Uniform noise in [0, 1), of the shape of the probabilities.</param>
        /// <param name="destination">Receives the truth values, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(BernoulliBackward)), CustomJvp(nameof(BernoulliTangent))]
        public static void Bernoulli(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform,
            in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, false)
                .Value(p, uniform, destination);

        /// <summary>Soft events: less(uniform, p), near 1 with probability p and near 0 otherwise.</summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>less is <see cref="Less(double, double, double, SoftMode, double)"/>: 1 - σ((uniform - p + 1e-10) / s).</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample, with derivative 0.</para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="p">The probabilities, of any shape. Below 0 is no error, but softly impossible, and above 1 softly certain.</param>
        /// <param name="destination">Receives the truth values, of the shape of the probabilities.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(BernoulliBackward)), CustomJvp(nameof(BernoulliTangent))]
        public static void Bernoulli(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, false)
                .Value(random, p, 1, destination);

        /// <summary>Soft signs given the noise: 2 less(uniform, ½) - 1, near 1 or -1 alike.</summary>
        /// <remarks>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>. With <see cref="SoftMode.Hard"/> it is an exact sample.
        /// </para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="uniform">Uniform noise in [0, 1). See <see cref="SoftRandom.Uniform(Span{double})"/>.</param>
        /// <param name="destination">Receives the signs, as many.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(RademacherBackward)), CustomJvp(nameof(RademacherTangent))]
        public static void Rademacher(
            [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new RademacherForm<double>(softness, mode)
                .Value(Samples.Row(uniform), new(destination));

        /// <summary>Soft signs given the noise: 2 less(uniform, ½) - 1, near 1 or -1 alike.</summary>
        /// <remarks>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>. With <see cref="SoftMode.Hard"/> it is an exact sample.
        /// </para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="uniform">Uniform noise in [0, 1), of any shape.</param>
        /// <param name="destination">Receives the signs, of the same shape.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(RademacherBackward)), CustomJvp(nameof(RademacherTangent))]
        public static void Rademacher(
            [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new RademacherForm<double>(softness, mode)
                .Value(uniform, destination);

        /// <summary>Soft signs: 2 less(uniform, ½) - 1, near 1 or -1 alike.</summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>
        /// less is <see cref="Less(double, double, double, SoftMode, double)"/>. With <see cref="SoftMode.Hard"/> it is an exact sample.
        /// </para>
        /// <para>Source: Paulus, Geist et al., arXiv:2603.08824.</para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="destination">Receives the signs, of any shape.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there is nothing to sample. Nothing is written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or there is no such mode.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(RademacherBackward)), CustomJvp(nameof(RademacherTangent))]
        public static void Rademacher(
            SoftRandom random, in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new RademacherForm<double>(softness, mode)
                .Value(random, destination);

        /// <summary>The soft number of successes among some trials, given the noise: Σ less(uniform, p) over the trials.</summary>
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
        [SoftOperator, CustomVjp(nameof(BinomialBackward)), CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> uniform, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(new(p), Samples.Of(uniform, p.Length), new(destination));

        /// <summary>The soft number of successes among some trials, given the noise: Σ less(uniform, p) over the trials.</summary>
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
        [SoftOperator, CustomVjp(nameof(BinomialBackward)), CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            in ReadOnlyTensorSpan<double> p, [NonDifferentiable] in ReadOnlyTensorSpan<double> uniform,
            in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(p, uniform, destination);

        /// <summary>The soft number of successes among some trials: Σ less(uniform, p) over the trials.</summary>
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
        [SoftOperator, CustomVjp(nameof(BinomialBackward)), CustomJvp(nameof(BinomialTangent))]
        public static void Binomial(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, int trials, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, true)
                .Value(random, p, trials, destination);
    }
}
