using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>Functions that occur in derivatives only, in the exact form in which generated code needs them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Partials
{
    /// <summary>The derivative of |x|: 1 above zero, -1 below, by convention 0 at +0 and -0, and NaN at NaN.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="x">Any value.</param>
    /// <returns>
    /// 1, -1, 0 or NaN. Unlike <see cref="Math.Sign(double)"/> it stays in <typeparamref name="T"/> and does not throw at NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sign<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        // One test that goes the same way for all ordinary numbers; their sign is a matter of bits.
        var magnitude = T.Abs(x);
        if (magnitude > T.Zero) return T.CopySign(T.One, x);
        return x == T.Zero ? T.Zero : x;
    }

    /// <summary>A cotangent times <see cref="Sign{T}"/>.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="x">Any value.</param>
    /// <returns>The cotangent, with the other sign if x is below zero; its product with 0 or NaN where x is that.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TimesSign<T>(T cotangent, T x)
        where T : IFloatingPointIeee754<T>
    {
        if (!(T.Abs(x) > T.Zero)) return cotangent * x;
        if (typeof(T) != typeof(double)) return T.IsNegative(x) ? -cotangent : cotangent;

        // In vectors, as the bits of a number are at hand there.
        var sign = Vector128.CreateScalarUnsafe((double)(object)x) & Vector128.CreateScalarUnsafe(-0.0);
        return (T)(object)(Vector128.CreateScalarUnsafe((double)(object)cotangent) ^ sign).ToScalar();
    }
}
