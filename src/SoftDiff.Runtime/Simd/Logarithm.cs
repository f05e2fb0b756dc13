namespace SoftDiff;

/// <summary>
/// ln x and ln(1 + u). Within 1 ulp of the exact value for double and float (0.75 measured for both), subnormal numbers included; special
/// values as <see cref="Math.Log(double)"/>.
/// </summary>
/// <remarks>
/// <para>x = 2ᵏ m with an integer k and √½ ≤ m &lt; √2, so ln x = k ln 2 + ln(1 + f) with f = m - 1, which is exact.</para>
/// <para>With s = f / (2 + f), so that 1 + f = (1 + s) / (1 - s), ln(1 + f) = 2 s + s R where R = s² p(s²) and p interpolates
/// 2 / 3 + 2 z / 5 + 2 z² / 7 + … at the Chebyshev points of 0 ≤ z ≤ (√2 - 1)² / (√2 + 1)², computed to 60 digits: degree 6 for double
/// leaves a relative error of 2⁻⁵⁷, degree 3 for float one of 2⁻³¹.</para>
/// <para>Since 2 s = f - s f and s f = h - s h with h = f² / 2, ln(1 + f) = f - (h - s (h + R)): all that is rounded is small beside
/// f.</para>
/// </remarks>
internal static class Logarithm
{
    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isDouble = typeof(T) == typeof(double);
        var exponentAt = isDouble ? 52 : 23;
        var zero = TLanes.Constant(0);

        // Subnormal numbers are scaled by 2⁵⁴ (2²⁵) first.
        var isSubnormal = TLanes.Less(x, TLanes.Constant(isDouble ? 2.2250738585072014e-308 : 1.1754943508222875e-38));
        var scaled = TLanes.Select(isSubnormal, TLanes.Multiply(x, TLanes.Constant(isDouble ? 18014398509481984.0 : 33554432.0)), x);
        var scale = TLanes.Select(isSubnormal, TLanes.Constant(isDouble ? -54 : -25), zero);

        // The bits of √½ become those of 1, so that the exponent changes where m is to start anew.
        var (one, root) = isDouble ? (0x3FF0000000000000UL, 0x3FE6A09E667F3BCDUL) : (0x3F800000UL, 0x3F3504F3UL);
        var moved = TLanes.AddBits(scaled, TLanes.Bits(unchecked(one - root)));
        var significand = TLanes.And(moved, TLanes.Bits(isDouble ? 0x000FFFFFFFFFFFFFUL : 0x007FFFFFUL));
        var f = TLanes.Subtract(TLanes.AddBits(significand, TLanes.Bits(root)), TLanes.Constant(1));

        // The biased exponent becomes a number as the low bits of 2⁵² (2²³).
        var carrier = isDouble ? 4503599627370496.0 : 8388608.0;
        var exponent = TLanes.Or(TLanes.ShiftRight(moved, exponentAt), TLanes.Constant(carrier));
        var k = TLanes.Add(TLanes.Subtract(exponent, TLanes.Constant(carrier + (isDouble ? 1023 : 127))), scale);

        var log = Sum<T, TVector, TLanes>(f, k);
        var infinity = TLanes.Constant(double.PositiveInfinity);
        return TLanes.Select(
            TLanes.Less(zero, x),
            TLanes.Select(TLanes.Less(x, infinity), log, infinity),
            TLanes.Select(TLanes.Equal(x, zero), TLanes.Negate(infinity), TLanes.Select(TLanes.Less(x, zero), TLanes.Constant(double.NaN), x)));
    }

    /// <summary>ln(1 + u) for 0 ≤ u ≤ 1, and NaN for NaN. Here f is u or (u - 1) / 2, without rounding 1 + u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOnePlus<T, TVector, TLanes>(TVector u)
        where TLanes : struct, ILanes<TVector, T>
    {
        var one = TLanes.Constant(1);
        var isSmall = TLanes.Less(u, TLanes.Constant(0.41421354f));
        var f = TLanes.Select(isSmall, u, TLanes.Multiply(TLanes.Subtract(u, one), TLanes.Constant(0.5)));
        return Sum<T, TVector, TLanes>(f, TLanes.Select(isSmall, TLanes.Constant(0), one));
    }

    /// <summary>k ln 2 + ln(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum<T, TVector, TLanes>(TVector f, TVector k)
        where TLanes : struct, ILanes<TVector, T>
    {
        var isDouble = typeof(T) == typeof(double);
        var s = TLanes.Divide(f, TLanes.Add(f, TLanes.Constant(2)));
        var z = TLanes.Multiply(s, s);
        var p = isDouble ? Double<TVector, TLanes, T>(z) : Single<TVector, TLanes, T>(z);
        var h = TLanes.Multiply(TLanes.Multiply(f, f), TLanes.Constant(0.5));
        var low = TLanes.Multiply(k, TLanes.Constant(isDouble ? 7.440617110012397e-11 : -2.9088971132296138E-05));
        var high = TLanes.Multiply(k, TLanes.Constant(isDouble ? 0.6931471804855391 : 0.69317626953125));
        var small = TLanes.MultiplyAdd(s, TLanes.MultiplyAdd(z, p, h), low);
        return TLanes.Add(high, TLanes.Subtract(f, TLanes.Subtract(h, small)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Double<TVector, TLanes, T>(TVector z)
        where TLanes : struct, ILanes<TVector, T>
    {
        var p = TLanes.Constant(0.14616449685043406);
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.15331721600556042));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.18182889125261723));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.2222221113479508));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.28571428625975487));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.39999999999899505));
        return TLanes.MultiplyAdd(p, z, TLanes.Constant(0.666666666666667));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Single<TVector, TLanes, T>(TVector z)
        where TLanes : struct, ILanes<TVector, T>
    {
        var p = TLanes.Constant(0.2333046793937683f);
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.2855082154273987f));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.4000012278556824f));
        return TLanes.MultiplyAdd(p, z, TLanes.Constant(0.6666666865348816f));
    }
}
