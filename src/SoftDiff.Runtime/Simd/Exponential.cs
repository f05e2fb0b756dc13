using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isDouble = typeof(T) == typeof(double);

        // Below the first bound the result is 0, above the second it is ∞.
        var bounded = TLanes.Min(TLanes.Max(x, TLanes.Constant(isDouble ? -746 : -104)), TLanes.Constant(isDouble ? 710 : 89));
        var rounder = TLanes.Constant(isDouble ? 6755399441055744.0 : 12582912.0);
        var k = TLanes.Subtract(TLanes.MultiplyAdd(bounded, TLanes.Constant(isDouble ? 1.4426950408889634 : 1.4426950216293335), rounder), rounder);
        var r = TLanes.MultiplyAdd(k, TLanes.Constant(isDouble ? -0.6931471804855391 : -0.69317626953125), bounded);
        r = TLanes.MultiplyAdd(k, TLanes.Constant(isDouble ? -7.440617110012397e-11 : 2.9088971132296138E-05), r);

        var q = isDouble ? Double<TVector, TLanes, T>(r) : Single<TVector, TLanes, T>(r);
        var power = TLanes.Add(TLanes.MultiplyAdd(TLanes.Multiply(r, r), q, r), TLanes.Constant(1));

        var biasing = TLanes.Constant(isDouble ? 6755399441055744.0 + 1023 : 12582912.0 + 127);
        var half = TLanes.MultiplyAdd(k, TLanes.Constant(0.5), biasing);
        var rest = TLanes.Add(TLanes.Subtract(k, TLanes.Subtract(half, biasing)), biasing);
        var exponentAt = isDouble ? 52 : 23;
        var scaled = TLanes.Multiply(TLanes.Multiply(power, TLanes.ShiftLeft(half, exponentAt)), TLanes.ShiftLeft(rest, exponentAt));
        return TLanes.Select(TLanes.Equal(x, x), scaled, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Double<TVector, TLanes, T>(TVector r)
        where TLanes : struct, ILanes<TVector, T>
    {
        var q = TLanes.Constant(2.510038549551032e-08);
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(2.7620088445409746e-07));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(2.7557268459997064e-06));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(2.4801521295954376e-05));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.00019841269863053618));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.0013888888917213717));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.008333333333330062));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.04166666666662413));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.16666666666666669));
        return TLanes.MultiplyAdd(q, r, TLanes.Constant(0.5000000000000001));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Single<TVector, TLanes, T>(TVector r)
        where TLanes : struct, ILanes<TVector, T>
    {
        var q = TLanes.Constant(0.0013926184037700295f);
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.008363178931176662f));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.041666556149721146f));
        q = TLanes.MultiplyAdd(q, r, TLanes.Constant(0.16666576266288757f));
        return TLanes.MultiplyAdd(q, r, TLanes.Constant(0.5f));
    }
}
