using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
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
        [SoftOperator]
        [CustomVjp(nameof(RademacherBackward))]
        [CustomJvp(nameof(RademacherTangent))]
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
        [SoftOperator]
        [CustomVjp(nameof(RademacherBackward))]
        [CustomJvp(nameof(RademacherTangent))]
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
        [SoftOperator]
        [CustomVjp(nameof(RademacherBackward))]
        [CustomJvp(nameof(RademacherTangent))]
        public static void Rademacher(
            SoftRandom random, in TensorSpan<double> destination, double softness = 0.1, SoftMode mode = SoftMode.Smooth) =>
            new RademacherForm<double>(softness, mode)
                .Value(random, destination);
    }
}
