using System.Numerics.Tensors;

namespace SoftDiff;

public static partial class Soft
{
    public static partial class Random
    {
        /// <summary>Soft samples of elements given the noise: averages of the elements by soft indices with the logits ln p.</summary>
        /// <remarks>
        /// <para>
        /// The soft indices are those of <see cref="Categorical(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double,
        /// SoftMode, SortMethod, bool, bool)"/>. An element with p = 0 is impossible; the derivative of its p is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements drawn.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="a">The n elements.</param>
        /// <param name="p">
        /// The probabilities of the n elements, up to a factor; empty if they are all alike, and so are then its derivatives.
        /// </param>
        /// <param name="gumbel">
        /// Standard Gumbel noise, n numbers for each sample; without <paramref name="replace"/> n numbers. See <see
        /// cref="SoftRandom.Gumbel(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives the k samples.</param>
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
        /// A probability is negative or not finite; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(ChoiceBackward)), CustomJvp(nameof(ChoiceTangent))]
        public static void Choice(
            ReadOnlySpan<double> a, ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false,
            bool replace = true) =>
            new ChoiceForm<double>(new(softness, mode, method, standardize), replace, 0)
                .Value(new(a), p, gumbel, new(destination));

        /// <summary>
        /// Soft samples of elements given the noise: averages of the elements along an axis by soft indices with the logits ln p.
        /// </summary>
        /// <remarks>
        /// <para>
        /// The soft indices are those of <see cref="Categorical(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double,
        /// SoftMode, SortMethod, bool, bool)"/>. An element with p = 0 is impossible; the derivative of its p is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements drawn.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="a">The elements, of any shape with n along the axis.</param>
        /// <param name="p">
        /// The probabilities of the n elements, up to a factor; empty if they are all alike, and so are then its derivatives.
        /// </param>
        /// <param name="gumbel">Standard Gumbel noise, n numbers for each sample; without <paramref name="replace"/> n numbers.</param>
        /// <param name="destination">Receives the samples: of the shape of <paramref name="a"/> with k samples along the axis.</param>
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
        /// There is no such axis, or a probability is negative or not finite; or <paramref name="softness"/> is not more than 0, or a mode
        /// or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(ChoiceBackward)), CustomJvp(nameof(ChoiceTangent))]
        public static void Choice(
            in ReadOnlyTensorSpan<double> a, ReadOnlySpan<double> p, [NonDifferentiable] ReadOnlySpan<double> gumbel,
            in TensorSpan<double> destination, int axis = 0, double softness = 0.1, SoftMode mode = SoftMode.Smooth,
            SortMethod method = SortMethod.SoftSort, bool standardize = false, bool replace = true) =>
            new ChoiceForm<double>(new(softness, mode, method, standardize), replace, axis)
                .Value(a, p, gumbel, destination);

        /// <summary>Soft samples of elements: averages of the elements along an axis by soft indices with the logits ln p.</summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>
        /// The soft indices are those of <see cref="Categorical(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, double,
        /// SoftMode, SortMethod, bool, bool)"/>. An element with p = 0 is impossible; the derivative of its p is 0.
        /// </para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements drawn.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="a">The elements, of any shape with n along the axis.</param>
        /// <param name="p">
        /// The probabilities of the n elements, up to a factor; empty if they are all alike, and so are then its derivatives.
        /// </param>
        /// <param name="destination">Receives the samples: of the shape of <paramref name="a"/> with k samples along the axis.</param>
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
        /// There is no such axis, or a probability is negative or not finite; or <paramref name="softness"/> is not more than 0, or a mode
        /// or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(ChoiceBackward)), CustomJvp(nameof(ChoiceTangent))]
        public static void Choice(
            SoftRandom random, in ReadOnlyTensorSpan<double> a, ReadOnlySpan<double> p, in TensorSpan<double> destination, int axis = 0,
            double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.SoftSort, bool standardize = false,
            bool replace = true) =>
            new ChoiceForm<double>(new(softness, mode, method, standardize), replace, axis)
                .Value(random, a, p, destination);

        /// <summary>
        /// Elements in a random soft order given the noise: averages by the soft permutation that sorts the noise in descending order.
        /// </summary>
        /// <remarks>
        /// <para>It needs n² numbers of working memory for a permutation of n elements. Infinite noise gives NaN.</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements in their places.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="x">The elements.</param>
        /// <param name="gumbel">
        /// Noise of a continuous distribution, as many numbers as elements. See <see cref="SoftRandom.Gumbel(Span{double})"/>.
        /// </param>
        /// <param name="destination">Receives the elements in their new order.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether the noise is squashed before it is compared.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(PermutationBackward)), CustomJvp(nameof(PermutationTangent))]
        public static void Permutation(
            ReadOnlySpan<double> x, [NonDifferentiable] ReadOnlySpan<double> gumbel, Span<double> destination, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = false) =>
            new PermutationForm<double>(new(softness, mode, method, standardize), 0)
                .Value(new(x), new(gumbel), new(destination));

        /// <summary>
        /// Elements in a random soft order given the noise: averages by the soft permutation that sorts the noise in descending order.
        /// </summary>
        /// <remarks>
        /// <para>It needs n² numbers of working memory for a permutation of n elements. Infinite noise gives NaN.</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements in their places.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="x">The elements, of any shape.</param>
        /// <param name="gumbel">
        /// Noise of a continuous distribution: of the shape of <paramref name="x"/>, so that every row along the axis has an order of its
        /// own; or of one axis as long as that of <paramref name="x"/>, for the same order of all rows.
        /// </param>
        /// <param name="destination">Receives the elements in their new order, of the shape of <paramref name="x"/>.</param>
        /// <param name="axis">The axis, counted from the end if negative.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether the noise is squashed before it is compared.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// There is no such axis; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(PermutationBackward)), CustomJvp(nameof(PermutationTangent))]
        public static void Permutation(
            in ReadOnlyTensorSpan<double> x, [NonDifferentiable] in ReadOnlyTensorSpan<double> gumbel, in TensorSpan<double> destination,
            int axis = 0, double softness = 0.1, SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort,
            bool standardize = false) =>
            new PermutationForm<double>(new(softness, mode, method, standardize), axis)
                .Value(x, gumbel, destination);

        /// <summary>
        /// Elements in a random soft order: averages by the soft permutation that sorts Gumbel noise in descending order.
        /// </summary>
        /// <remarks>
        /// <para>
        /// Noise is drawn from <paramref name="random"/>, in row-major order of its shape; value and derivatives with the same source see
        /// the same.
        /// </para>
        /// <para>It needs n² numbers of working memory for a permutation of n elements. Infinite noise gives NaN.</para>
        /// <para>With <see cref="SoftMode.Hard"/> it is an exact sample; its derivative goes to the elements in their places.</para>
        /// <para>
        /// Source of the relaxation: the Gumbel-max trick made soft (Jang et al., arXiv:1611.01144; Maddison et al., arXiv:1611.00712),
        /// as in Paulus, Geist et al., arXiv:2603.08824.
        /// </para>
        /// </remarks>
        /// <param name="random">The source of the noise. The same source gives the same noise, also to the derivatives.</param>
        /// <param name="x">The elements, of any shape.</param>
        /// <param name="destination">Receives the elements in their new order, of the shape of <paramref name="x"/>.</param>
        /// <param name="axis">The axis, counted from the end if negative.</param>
        /// <param name="softness">The softness s, more than 0.</param>
        /// <param name="mode">How corners are rounded off.</param>
        /// <param name="method">How the order becomes soft; a method with soft indices.</param>
        /// <param name="standardize">Whether the noise is squashed before it is compared.</param>
        /// <param name="independent">Whether every row along the axis has an order of its own.</param>
        /// <exception cref="ArgumentException">
        /// The shapes or lengths do not fit, or there are no categories; or the mode and the method do not go together. Nothing is
        /// written then.
        /// </exception>
        /// <exception cref="ArgumentOutOfRangeException">
        /// There is no such axis; or <paramref name="softness"/> is not more than 0, or a mode or method does not exist.
        /// </exception>
        [SoftOperator, CustomVjp(nameof(PermutationBackward)), CustomJvp(nameof(PermutationTangent))]
        public static void Permutation(
            SoftRandom random, in ReadOnlyTensorSpan<double> x, in TensorSpan<double> destination, int axis = 0, double softness = 0.1,
            SoftMode mode = SoftMode.Smooth, SortMethod method = SortMethod.NeuralSort, bool standardize = false,
            bool independent = false) =>
            new PermutationForm<double>(new(softness, mode, method, standardize), axis)
                .Value(random, x, independent, destination);
    }
}
