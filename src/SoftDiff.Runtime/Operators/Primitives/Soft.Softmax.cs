using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>destination[i] = exp(x[i]) / Σ exp(x[j]), without overflow.</summary>
    /// <remarks>
    /// <para>Smooth everywhere; the pullback of c is s[i] (c[i] - Σ s[j] c[j]) with the output s, and the pushforward is the same. If the
    /// largest element is infinite, all elements equal to it share the weight equally and the others get none, so -∞ gives 0 (and all -∞
    /// the uniform distribution). NaN anywhere makes every output NaN.</para>
    /// <para>Each output is within a few ulp, plus the rounding of x[i] - max, of the exact value; the outputs add up to 1 but for
    /// rounding.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the output; as long as <paramref name="x"/>, and either starting where it does or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> is empty, the lengths differ, or the spans overlap in part; nothing is written.
    /// </exception>
    [FloatTwin, CustomVjp(nameof(SoftmaxBackward)), CustomJvp(nameof(SoftmaxTangent))]
    public static void Softmax(ReadOnlySpan<double> x, Span<double> destination) => SoftmaxOf(x, destination);

    /// <summary>
    /// The reverse rule of <see cref="Softmax(ReadOnlySpan{double}, Span{double})"/>, for generated code: overwrites
    /// <paramref name="dX"/>.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">The output.</param>
    /// <param name="cDestination">The cotangent of the output.</param>
    /// <param name="dX">Receives the gradient.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftmaxBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        SoftmaxBackwardOf(x, destination, cDestination, dX);

    /// <summary>The forward rule of <see cref="Softmax(ReadOnlySpan{double}, Span{double})"/>, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">Receives the output.</param>
    /// <param name="tX">The tangent of the input.</param>
    /// <param name="tDestination">Receives the tangent of the output.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftmaxTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        SoftmaxTangentOf(x, destination, tX, tDestination);

    private static void SoftmaxOf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Map(x, destination);
        var max = Lanewise.Max(x);
        if (T.IsInfinity(max))
        {
            LogPartition<T>.InfiniteWeights(x, max, T.One, destination);
            return;
        }

        // A NaN makes the sum NaN, and so everything.
        var sum = Lanewise.MapAndSum(x, destination, new ExpShifted<T>(max, T.Zero));
        Lanewise.Map(destination, destination, new Scaled<T>(T.CreateTruncating(1 / sum)));
    }

    private static void SoftmaxBackwardOf<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Backward<T>(x, destination, cDestination, dX);
        SoftmaxProduct(destination, cDestination, dX);
    }

    private static void SoftmaxTangentOf<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Tangent<T>(x, destination, tX, tDestination);
        SoftmaxOf(x, destination);
        SoftmaxProduct(destination, tX, tDestination);
    }

    // The Jacobian diag(s) - s sᵀ is symmetric, so one product serves both modes.
    private static void SoftmaxProduct<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> c, Span<T> product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var mean = T.CreateTruncating(Lanewise.Sum(s, c, default(Product<T>)));
        Lanewise.Map(s, c, product, new SoftmaxDerivative<T>(mean));
    }
}

/// <summary>x (y - mean).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SoftmaxDerivative<T>(T mean) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        => TLanes.Multiply(x, TLanes.Subtract(y, TLanes.Broadcast(mean)));
}
