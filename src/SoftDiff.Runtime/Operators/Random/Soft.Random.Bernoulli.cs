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
        [SoftOperator]
        [CustomVjp(nameof(BernoulliBackward))]
        [CustomJvp(nameof(BernoulliTangent))]
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
        [SoftOperator]
        [CustomVjp(nameof(BernoulliBackward))]
        [CustomJvp(nameof(BernoulliTangent))]
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
        [SoftOperator]
        [CustomVjp(nameof(BernoulliBackward))]
        [CustomJvp(nameof(BernoulliTangent))]
        public static void Bernoulli(
            SoftRandom random, in ReadOnlyTensorSpan<double> p, in TensorSpan<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth) =>
            new BernoulliForm<double>(softness, mode, false)
                .Value(random, p, 1, destination);
    }
}
