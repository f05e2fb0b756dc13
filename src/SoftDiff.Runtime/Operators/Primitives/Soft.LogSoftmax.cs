using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>
    /// destination[i] = x[i] - ln Σ exp(x[j]), the logarithm of the softmax, without overflow and without loss for small probabilities.
    /// </summary>
    /// <remarks>
    /// <para>Smooth everywhere; the pullback of c is c[i] - exp(y[i]) Σ c[j] with the output y, the pushforward of t is t[i] - Σ
    /// exp(y[j]) t[j]. If the largest element is infinite, the output is -ln(count) for all elements equal to it and -∞ for the others.
    /// NaN anywhere makes every output NaN.</para>
    /// <para>The error is a few ulp of the larger of |x[i] - max| and ln Σ exp(x[j] - max).</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the output; as long as <paramref name="x"/>, and either starting where it does or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> is empty, the lengths differ, or the spans overlap in part; nothing is written.
    /// </exception>
    [FloatTwin, CustomVjp(nameof(LogSoftmaxBackward)), CustomJvp(nameof(LogSoftmaxTangent))]
    public static void LogSoftmax(ReadOnlySpan<double> x, Span<double> destination) => LogSoftmaxOf(x, destination);

    /// <summary>
    /// The reverse rule of <see cref="LogSoftmax(ReadOnlySpan{double}, Span{double})"/>, for generated code: overwrites
    /// <paramref name="dX"/>.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">The output.</param>
    /// <param name="cDestination">The cotangent of the output.</param>
    /// <param name="dX">Receives the gradient.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void LogSoftmaxBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        LogSoftmaxBackwardOf(x, destination, cDestination, dX);

    /// <summary>The forward rule of <see cref="LogSoftmax(ReadOnlySpan{double}, Span{double})"/>, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">Receives the output.</param>
    /// <param name="tX">The tangent of the input.</param>
    /// <param name="tDestination">Receives the tangent of the output.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void LogSoftmaxTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        LogSoftmaxTangentOf(x, destination, tX, tDestination);

    private static void LogSoftmaxOf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Map(x, destination);
        var (max, logSum) = LogPartition<T>.Of(x);
        var low = T.CreateTruncating(logSum);
        if (!T.IsInfinity(max))
        {
            Lanewise.Map(x, destination, new Shifted<T>(max, low));
            return;
        }

        for (var i = 0; i < x.Length; i++) destination[i] = x[i] == max || T.IsNaN(low) ? -low : T.NegativeInfinity;
    }

    private static void LogSoftmaxBackwardOf<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Backward<T>(x, destination, cDestination, dX);
        var sum = T.CreateTruncating(Lanewise.Sum(cDestination, cDestination, default(First<T>)));
        Lanewise.Map(destination, cDestination, dX, new LogSoftmaxDerivative<T>(sum));
    }

    private static void LogSoftmaxTangentOf<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Tangent<T>(x, destination, tX, tDestination);
        LogSoftmaxOf(x, destination);
        var mean = T.CreateTruncating(Lanewise.Sum<T, ExpShiftedProduct<T>>(destination, tX, default));
        Lanewise.Map(tX, tDestination, new Shifted<T>(mean, T.Zero));
    }
}

/// <summary>y - eˣ sum.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogSoftmaxDerivative<T>(T sum) : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        => TLanes.Subtract(y, TLanes.Multiply(Exponential.Exp<T, TVector, TLanes>(x), TLanes.Broadcast(sum)));
}
