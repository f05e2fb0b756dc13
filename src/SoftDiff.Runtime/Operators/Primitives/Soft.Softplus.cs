using System.ComponentModel;

namespace SoftDiff;

public static partial class Soft
{
    /// <summary>The softplus function ln(1 + eˣ), a smooth version of max(x, 0), without overflow.</summary>
    /// <remarks>
    /// Smooth everywhere, with derivative <see cref="Sigmoid(double)"/>, which generated code writes out. 0 at -∞, ∞ at ∞, NaN for NaN.
    /// Far below zero it goes to 0 like eˣ, through the subnormal numbers.
    /// </remarks>
    /// <param name="x">Any number.</param>
    /// <returns>A number not below max(x, 0), within 3 ulp of the exact value.</returns>
    [FloatTwin]
    public static double Softplus(double x)
    {
        // The rounding error of w = 1 + u, times the slope 1 / w, is added back, so ln(1 + u) loses no digits of a small u.
        var u = Math.Exp(-Math.Abs(x));
        var w = 1 + u;
        return (x > 0 ? x : 0) + (Math.Log(w) + ((u - (w - 1)) / w));
    }

    /// <summary>Softplus and its derivative, the sigmoid, from one exponential; for generated code.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>The values of <see cref="Softplus(double)"/> and <see cref="Sigmoid(double)"/>, within 3 ulp each.</returns>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static (double Softplus, double Sigmoid) SoftplusAndSigmoid(double x)
    {
        var u = Math.Exp(-Math.Abs(x));
        var w = 1 + u;
        return ((x > 0 ? x : 0) + (Math.Log(w) + ((u - (w - 1)) / w)), (x < 0 ? u : 1) / w);
    }

    /// <summary>
    /// The softplus function of each element: destination[i] = ln(1 + exp(x[i])), a smooth version of max(x[i], 0), without overflow.
    /// </summary>
    /// <remarks>
    /// <para>Smooth everywhere, with derivative σ(x). At -∞ the value is 0 and the derivative 0, at ∞ they are ∞ and 1; NaN gives
    /// NaN.</para>
    /// <para>Within 3 ulp of the exact value.</para>
    /// </remarks>
    /// <param name="x">The input, of at least one element.</param>
    /// <param name="destination">
    /// Receives the output; as long as <paramref name="x"/>, and either starting where it does or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> is empty, the lengths differ, or the spans overlap in part; nothing is written.
    /// </exception>
    [FloatTwin, CustomVjp(nameof(SoftplusBackward)), CustomJvp(nameof(SoftplusTangent))]
    public static void Softplus(ReadOnlySpan<double> x, Span<double> destination) => SoftplusOf(x, destination);

    /// <summary>
    /// The reverse rule of <see cref="Softplus(ReadOnlySpan{double}, Span{double})"/>, for generated code: overwrites
    /// <paramref name="dX"/>.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">The output.</param>
    /// <param name="cDestination">The cotangent of the output.</param>
    /// <param name="dX">Receives the gradient.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftplusBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        SoftplusBackwardOf(x, destination, cDestination, dX);

    /// <summary>The forward rule of <see cref="Softplus(ReadOnlySpan{double}, Span{double})"/>, for generated code.</summary>
    /// <param name="x">The input.</param>
    /// <param name="destination">Receives the output.</param>
    /// <param name="tX">The tangent of the input.</param>
    /// <param name="tDestination">Receives the tangent of the output.</param>
    [FloatTwin, EditorBrowsable(EditorBrowsableState.Never)]
    public static void SoftplusTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination) =>
        SoftplusTangentOf(x, destination, tX, tDestination);

    private static void SoftplusOf<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Map(x, destination);
        Lanewise.Map(x, destination, default(SoftplusOperator<T>));
    }

    private static void SoftplusBackwardOf<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Backward<T>(x, destination, cDestination, dX);
        Lanewise.Map(x, cDestination, dX, default(SoftplusDerivative<T>));
    }

    // The tangent first: destination may be x.
    private static void SoftplusTangentOf<T>(ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftArguments.Tangent<T>(x, destination, tX, tDestination);
        Lanewise.Map(x, tX, tDestination, default(SoftplusDerivative<T>));
        Lanewise.Map(x, destination, default(SoftplusOperator<T>));
    }
}

/// <summary>max(x, 0) + ln(1 + e⁻|x|).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SoftplusOperator<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var u = Exponential.Exp<T, TVector, TLanes>(TLanes.Negate(TLanes.Abs(x)));
        return TLanes.Add(TLanes.Max(x, TLanes.Constant(0)), Logarithm.LogOnePlus<T, TVector, TLanes>(u));
    }
}

/// <summary>y σ(x).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct SoftplusDerivative<T> : IOperator<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
        => TLanes.Multiply(y, default(LogisticOperator<T>).Invoke<TVector, TLanes>(x, y));
}
