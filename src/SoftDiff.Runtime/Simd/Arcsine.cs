namespace SoftDiff;

/// <summary>
/// arcsin x and arccos x for |x| ≤ 1, and NaN for NaN and elsewhere. Within 3 ulp of the exact value for double and float; arccos near its zero
/// too.
/// </summary>
/// <remarks>
/// <para>For |x| ≤ ½, arcsin x = x + x z p(z) with z = x². Above, arccos x = 2 arcsin √z with z = (1 - x) / 2, which is exact, and arcsin x is
/// what is left of ½ π, in two parts.</para>
/// <para>p interpolates (arcsin(√z) / √z - 1) / z at the Chebyshev points of 0 ≤ z ≤ ¼, computed to 60 digits: degree 12 for double leaves a
/// relative error of 2⁻⁵⁷·⁸ of arcsin, degree 5 for float one of 2⁻²⁹·⁸.</para>
/// </remarks>
internal static class Arcsine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Asin<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        Reduce<T, TVector, TLanes>(x, out var isLarge, out var root, out var rest);
        var small = TLanes.Add(root, rest);
        var large = TLanes.Add(HalfPi<T, TVector, TLanes>(), TLanes.Subtract(HalfPiRest<T, TVector, TLanes>(), TLanes.Add(small, small)));
        var magnitude = TLanes.Select(isLarge, large, small);
        return TLanes.Select(TLanes.Less(x, TLanes.Constant(0)), TLanes.Negate(magnitude), magnitude);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Acos<T, TVector, TLanes>(TVector x)
        where TLanes : struct, ILanes<TVector, T>
    {
        Reduce<T, TVector, TLanes>(x, out var isLarge, out var root, out var rest);
        var (half, halfRest, small) = (HalfPi<T, TVector, TLanes>(), HalfPiRest<T, TVector, TLanes>(), TLanes.Add(root, rest));
        var isNegative = TLanes.Less(x, TLanes.Constant(0));

        // Near ½ the root is exact and the rest small, so the root is taken off first.
        var signedRoot = TLanes.Select(isNegative, TLanes.Negate(root), root);
        var signedRest = TLanes.Select(isNegative, TLanes.Negate(rest), rest);
        var middle = TLanes.Subtract(half, TLanes.Subtract(signedRoot, TLanes.Subtract(halfRest, signedRest)));
        var end = TLanes.Add(small, small);
        var other = TLanes.Add(TLanes.Add(half, half), TLanes.Subtract(TLanes.Add(halfRest, halfRest), end));
        return TLanes.Select(isLarge, TLanes.Select(isNegative, other, end), middle);
    }

    /// <summary>The arcsine of |x| or of √((1 - |x|) / 2), whichever is not above ⅙ π, as a root and a rest that is small beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce<T, TVector, TLanes>(TVector x, out TVector isLarge, out TVector root, out TVector rest)
        where TLanes : struct, ILanes<TVector, T>
    {
        var (magnitude, half) = (TLanes.Abs(x), TLanes.Constant(0.5));
        isLarge = TLanes.Less(half, magnitude);
        var reflected = TLanes.Multiply(TLanes.Subtract(TLanes.Constant(1), magnitude), half);
        var z = TLanes.Select(isLarge, reflected, TLanes.Multiply(magnitude, magnitude));
        root = TLanes.Select(isLarge, TLanes.Sqrt(reflected), magnitude);
        var p = typeof(T) == typeof(double) ? Double<TVector, TLanes, T>(z) : Single<TVector, TLanes, T>(z);
        rest = TLanes.Multiply(TLanes.Multiply(root, z), p);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalfPi<T, TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Constant(typeof(T) == typeof(double) ? 1.5707963267948966 : 1.57079637f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector HalfPiRest<T, TVector, TLanes>()
        where TLanes : struct, ILanes<TVector, T> => TLanes.Constant(typeof(T) == typeof(double) ? 6.123233995736766e-17 : -4.37113883e-08f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Double<TVector, TLanes, T>(TVector z)
        where TLanes : struct, ILanes<TVector, T>
    {
        var p = TLanes.Constant(0.028757851367421566);
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(-0.014851887071247204));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.01740087944269402));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.005457506718640358));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.01032281435018578));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.011479177415184906));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.013971212973552933));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.017352392720869973));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.02237217294214989));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.030381944138531247));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.04464285714635543));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.07499999999998433));
        return TLanes.MultiplyAdd(p, z, TLanes.Constant(0.16666666666666669));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Single<TVector, TLanes, T>(TVector z)
        where TLanes : struct, ILanes<TVector, T>
    {
        var p = TLanes.Constant(0.03369084720283012f);
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.017149238357677253f));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.03110066273549457f));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.04459940152851218f));
        p = TLanes.MultiplyAdd(p, z, TLanes.Constant(0.07500094543497424f));
        return TLanes.MultiplyAdd(p, z, TLanes.Constant(0.16666666337430908f));
    }
}
