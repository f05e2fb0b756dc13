using System.ComponentModel;
using System.Runtime.Intrinsics;

namespace SoftDiff;

/// <summary>Functions that only derivatives need. Generated code calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Partials
{
    /// <summary>The derivative of |x|: 1 for x &gt; 0, -1 for x &lt; 0, and NaN for NaN. At +0 and -0 it is 0 by convention.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="x">Any value.</param>
    /// <returns>
    /// 1, -1, 0 or NaN. Unlike <see cref="Math.Sign(double)"/> it stays in <typeparamref name="T"/> and does not throw at NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sign<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        // One branch, which the machine predicts well: it goes the same way for all ordinary numbers, whose sign comes from their bits.
        var magnitude = T.Abs(x);
        if (magnitude > T.Zero) return T.CopySign(T.One, x);
        return x == T.Zero ? T.Zero : x;
    }

    /// <summary>A cotangent times <see cref="Sign{T}"/>.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="cotangent">The cotangent.</param>
    /// <param name="x">Any value.</param>
    /// <returns>
    /// The cotangent for x &gt; 0 and its negative for x &lt; 0. For x = 0 or NaN, the product of the cotangent with 0 or NaN.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T TimesSign<T>(T cotangent, T x)
        where T : IFloatingPointIeee754<T>
    {
        if (!(T.Abs(x) > T.Zero)) return cotangent * x;
        if (typeof(T) != typeof(double)) return T.IsNegative(x) ? -cotangent : cotangent;

        // Vector registers give access to the bits without a move.
        var sign = Vector128.CreateScalarUnsafe((double)(object)x) & Vector128.CreateScalarUnsafe(-0.0);
        return (T)(object)(Vector128.CreateScalarUnsafe((double)(object)cotangent) ^ sign).ToScalar();
    }
}
