namespace SoftDiff;

/// <summary>
/// eˣ. Within 1.1 ulp of the exact value for double (1.03 measured) and float (0.99 measured), gradual underflow and overflow to ∞
/// included; special values as <see cref="Math.Exp"/>.
/// </summary>
/// <remarks>
/// <para>x = k ln 2 + r with an integer k and |r| ≤ ½ ln 2, so eˣ = 2ᵏ eʳ. The nearest integer to x / ln 2 appears in the low bits of a sum
/// with 1.5 · 2⁵² (1.5 · 2²³ for float). ln 2 is split into a high part, short enough for k times it to be exact, and the rest.</para>
/// <para>eʳ = 1 + r + r² q(r), where q interpolates (eʳ - 1 - r) / r² at the Chebyshev points of the interval, computed to 60 digits:
/// degree 9 for double leaves a relative error of 2⁻⁵⁵·⁸, degree 4 for float one of 2⁻²⁶·⁵.</para>
/// <para>2ᵏ is applied as two factors 2ʲ 2ᵏ⁻ʲ with j ≈ k / 2, both of which are normal numbers for every k that matters, so that only the
/// last product rounds, into the subnormal numbers or to ∞. The bias of the exponent is part of the constant that rounds, so a shift
/// makes the factor.</para>
/// </remarks>
internal static class Exponential
{
    /// <summary>From here on e⁻ˣ is less than half of the smallest number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Underflow<T>() => typeof(T) == typeof(double) ? 746 : 104;

    /// <summary>eˣ of any x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        // Beyond the bounds the result is 0 and ∞. NaN passes through all that follows.
        var isDouble = typeof(T) == typeof(double);
        x = TLanes.AtMost(TLanes.AtLeast(x, TLanes.Constant(-Underflow<T>())), TLanes.Constant(isDouble ? 710 : 89));
        var rounder = TLanes.Constant(Rounder<T>());
        var k = TLanes.Subtract(TLanes.MultiplyAdd(x, TLanes.Constant(isDouble ? 1.4426950408889634 : 1.4426950216293335), rounder), rounder);
        var r = TLanes.MultiplyAdd(k, TLanes.Constant(isDouble ? -0.6931471804855391 : -0.69317626953125), x);
        r = TLanes.MultiplyAdd(k, TLanes.Constant(isDouble ? -7.440617110012397e-11 : 2.9088971132296138E-05), r);

        var biasing = TLanes.Constant(Rounder<T>() + Bias<T>());
        var half = TLanes.MultiplyAdd(k, TLanes.Constant(0.5), biasing);
        var rest = TLanes.Add(TLanes.Subtract(k, TLanes.Subtract(half, biasing)), biasing);
        return TLanes.Multiply(TLanes.Multiply(Reduced<T, TVector, TLanes>(r), Power<T, TVector, TLanes>(half)), Power<T, TVector, TLanes>(rest));
    }

    /// <summary>
    /// e⁻ˣ for x from 0 to <see cref="Underflow"/>, or NaN: the same to the bit as <see cref="Exp"/>, which has more cases to care for. Here the
    /// factors are 2ᵏ⁺ʲ and 2⁻ʲ for one j, as k + j is never too large.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Decay<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isDouble = typeof(T) == typeof(double);
        var rounder = TLanes.Constant(Rounder<T>() + Bias<T>() + (isDouble ? 64 : 32));
        var rounded = TLanes.MultiplyAdd(x, TLanes.Constant(isDouble ? -1.4426950408889634 : -1.4426950216293335), rounder);
        var k = TLanes.Subtract(rounder, rounded);
        var r = TLanes.MultiplySubtract(k, TLanes.Constant(isDouble ? 0.6931471804855391 : 0.69317626953125), x);
        r = TLanes.MultiplyAdd(k, TLanes.Constant(isDouble ? 7.440617110012397e-11 : -2.9088971132296138E-05), r);
        var raised = TLanes.Multiply(Reduced<T, TVector, TLanes>(r), Power<T, TVector, TLanes>(rounded));
        return TLanes.Multiply(raised, TLanes.Constant(isDouble ? 5.421010862427522e-20 : 2.3283064365386963e-10));
    }

    // A number of this size has the nearest integer in its low bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Rounder<T>() => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bias<T>() => typeof(T) == typeof(double) ? 1023 : 127;

    // 2ᵏ, where the low bits of the argument are k and the bias of the exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Power<T, TVector, TLanes>(TVector rounded)
        where TLanes : struct, ILanes<TVector, T> => typeof(T) == typeof(double) ? TLanes.ShiftLeft(rounded, 52) : TLanes.ShiftLeft(rounded, 23);

    // eʳ for |r| ≤ ½ ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduced<T, TVector, TLanes>(TVector r)
        where TLanes : struct, ILanes<TVector, T>
    {
        var square = TLanes.Multiply(r, r);
        var q = typeof(T) == typeof(double) ? Double<TVector, TLanes, T>(r, square) : Single<TVector, TLanes, T>(r, square);
        return TLanes.Add(TLanes.MultiplyAdd(square, q, r), TLanes.Constant(1));
    }

    // By Estrin's scheme, which needs fewer steps one after the other than Horner's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Double<TVector, TLanes, T>(TVector r, TVector square)
        where TLanes : struct, ILanes<TVector, T>
    {
        var q01 = TLanes.MultiplyAdd(TLanes.Constant(0.16666666666666669), r, TLanes.Constant(0.5000000000000001));
        var q23 = TLanes.MultiplyAdd(TLanes.Constant(0.008333333333330062), r, TLanes.Constant(0.04166666666662413));
        var q45 = TLanes.MultiplyAdd(TLanes.Constant(0.00019841269863053618), r, TLanes.Constant(0.0013888888917213717));
        var q67 = TLanes.MultiplyAdd(TLanes.Constant(2.7557268459997064e-06), r, TLanes.Constant(2.4801521295954376e-05));
        var q89 = TLanes.MultiplyAdd(TLanes.Constant(2.510038549551032e-08), r, TLanes.Constant(2.7620088445409746e-07));
        var fourth = TLanes.Multiply(square, square);
        var low = TLanes.MultiplyAdd(q23, square, q01);
        var middle = TLanes.MultiplyAdd(q67, square, q45);
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(q89, fourth, middle), fourth, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Single<TVector, TLanes, T>(TVector r, TVector square)
        where TLanes : struct, ILanes<TVector, T>
    {
        var q01 = TLanes.MultiplyAdd(TLanes.Constant(0.16666576266288757f), r, TLanes.Constant(0.5f));
        var q23 = TLanes.MultiplyAdd(TLanes.Constant(0.008363178931176662f), r, TLanes.Constant(0.041666556149721146f));
        return TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.Constant(0.0013926184037700295f), square, q23), square, q01);
    }
}
