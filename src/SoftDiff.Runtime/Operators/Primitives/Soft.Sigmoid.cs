using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The logistic function σ(x) = 1 / (1 + e⁻ˣ), without overflow.</summary>
    /// <remarks>
    /// Smooth everywhere, with derivative σ(x) σ(-x), which generated code writes out. σ(-∞) = 0, σ(∞) = 1, NaN for NaN. Far below zero
    /// it goes to 0 like eˣ, through the subnormal numbers.
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>A number from 0 to 1, within 2 ulp of the exact value.</returns>
    [FloatTwin]
    public static double Sigmoid(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>The logistic function of each element: destination[i] = 1 / (1 + exp(-x[i])), without overflow.</summary>
    /// <remarks>
    /// <para>Smooth everywhere, with derivative e / (1 + e)² where e = exp(-|x|), which keeps its digits far from zero on both sides. At
    /// ±∞ the value is 1 or 0 and the derivative 0; NaN gives NaN.</para>
    /// <para>Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the output; as long as <paramref name="x"/>, and either starting where it does or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> is empty, the lengths differ, or the spans overlap in part; nothing is written.
    /// </exception>
    [FloatTwin, CustomVjp(nameof(SigmoidBackward)), CustomJvp(nameof(SigmoidTangent))]
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> destination) => SigmoidOf(x, destination);

    /// <summary>
    /// The reverse rule of <see cref="Sigmoid(ReadOnlySpan{double}, Span{double})"/>, for generated code: overwrites
    /// <paramref name="dX"/>.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">The output.</param>
    /// <param name="cDestination">The cotangent of the output.</param>
    /// <param name="dX">Receives the gradient.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SigmoidBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        SigmoidBackwardOf(x, destination, cDestination, dX);

    /// <summary>The forward rule of <see cref="Sigmoid(ReadOnlySpan{double}, Span{double})"/>, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">Receives the output.</param>
    /// <param name="tX">The tangent of the input.</param>
    /// <param name="tDestination">Receives the tangent of the output.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SigmoidTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        SigmoidTangentOf(x, destination, tX, tDestination);

    private static void SigmoidOf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Map(x, destination);
        Lanewise.Map(x, destination, default(LogisticOperator<T>));
    }

    private static void SigmoidBackwardOf<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Backward<T>(x, destination, cDestination, dX);
        Lanewise.Map(x, cDestination, dX, default(LogisticDerivative<T>));
    }

    // The tangent first: destination may be x.
    private static void SigmoidTangentOf<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Tangent<T>(x, destination, tX, tDestination);
        Lanewise.Map(x, tX, tDestination, default(LogisticDerivative<T>));
        Lanewise.Map(x, destination, default(LogisticOperator<T>));
    }
}

/// <summary>σ(x). The numerator is 1 or e⁻|x| by the sign of x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogisticOperator<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var e = Exponential.Decay<T, TVector, TLanes>(TLanes.AtMost(TLanes.WithoutSign(x), TLanes.Constant(Exponential.Underflow<T>())));
        var one = TLanes.Constant(1);
        return TLanes.Divide(TLanes.SelectNegative(x, e, one), TLanes.Add(one, e));
    }
}

/// <summary>y σ'(x), by a formula that is even in x as the function is.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct LogisticDerivative<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var e = Exponential.Decay<T, TVector, TLanes>(TLanes.AtMost(TLanes.WithoutSign(x), TLanes.Constant(Exponential.Underflow<T>())));
        var d = TLanes.Add(TLanes.Constant(1), e);
        return TLanes.Multiply(y, TLanes.Divide(e, TLanes.Multiply(d, d)));
    }
}
